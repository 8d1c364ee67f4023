package dev.managedidentity.operator.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.managedidentity.dev.tools.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The container image as a runtime sees it.
 *
 * @param root where the files of its layers lie
 * @param config how a container is started
 */
record UnpackedImage(Path root, JsonNode config) {
  private static final Tool TAR = new Tool(Path.of("tar"));
  private static final ObjectMapper JSON = new ObjectMapper();

  static UnpackedImage unpack(Path archive, Path folder) {
    try {
      var parts = Files.createDirectories(folder.resolve("parts"));
      var root = Files.createDirectories(folder.resolve("root"));
      TAR.answer("-xf", archive.toString(), "-C", parts.toString());
      var manifest = JSON.readTree(parts.resolve("manifest.json").toFile()).get(0);
      for (var layer : manifest.path("Layers")) {
        TAR.answer("-xzf", parts.resolve(layer.asText()).toString(), "-C", root.toString());
      }
      var config = JSON.readTree(parts.resolve(manifest.path("Config").asText()).toFile());
      return new UnpackedImage(root, config.path("config"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What starts a container of it where its files lie now. */
  List<String> command() {
    return here(
        StreamSupport.stream(config.path("Entrypoint").spliterator(), false)
            .map(JsonNode::asText)
            .toList());
  }

  /** The words of a command, with the paths that files of the image have now. */
  List<String> here(List<String> command) {
    return command.stream()
        .map(word -> word.replaceFirst("^(-XX:AOTCache=)?(/)", "$1" + root + "$2"))
        .toList();
  }

  /** Every file, by name. */
  List<Path> files() {
    try (var files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
