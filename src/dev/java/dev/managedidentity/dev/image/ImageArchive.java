package dev.managedidentity.dev.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * Packs the files of an image.
 *
 * @param base name of an image in a registry to build on; empty to build on nothing, and then
 *     nothing is pulled
 */
record ImageArchive(ImageFiles files, String version, Optional<String> base) {
  /** Nobody on the node, as in the chart. */
  static final int USER = 65532;

  static final String NAME = "managed-identity-operator";

  /** A file is in the first that its path begins with; what changes most often comes last. */
  private static final Map<String, String> LAYERS = layersByName();

  private static final FilePermissions FILE = FilePermissions.fromOctalString("644");
  private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");

  /**
   * Writes it in the format of {@code docker save}.
   *
   * @param cache folder for layers
   */
  JibContainer write(Path tar, Path cache) throws InterruptedException {
    try {
      return builder()
          .containerize(
              Containerizer.to(TarImage.at(tar).named(NAME + ":" + version))
                  .setOfflineMode(base.isEmpty())
                  .setBaseImageLayersCache(cache.resolve("base"))
                  .setApplicationLayersCache(cache.resolve("layers")));
    } catch (IOException
        | ExecutionException
        | RegistryException
        | CacheDirectoryCreationException
        | InvalidImageReferenceException e) {
      throw new IllegalStateException("The image cannot be built", e);
    }
  }

  JibContainerBuilder builder() throws InvalidImageReferenceException {
    var builder = base.isEmpty() ? Jib.fromScratch() : Jib.from(base.get());
    return builder
        .setPlatforms(Set.of(new Platform(architecture(), "linux")))
        .setUser("%1$d:%1$d".formatted(USER))
        .setWorkingDirectory(AbsoluteUnixPath.get("/"))
        .setEntrypoint(ContainerCommand.entryPoint())
        .addLabel("org.opencontainers.image.title", NAME)
        .addLabel("org.opencontainers.image.version", version)
        .addLabel("org.opencontainers.image.licenses", "Apache-2.0")
        .setFileEntriesLayers(layers());
  }

  List<FileEntriesLayer> layers() {
    var rest = new ArrayList<>(files.below("/"));
    var layers = new ArrayList<FileEntriesLayer>();
    for (var layer : LAYERS.entrySet()) {
      var start = files.at(layer.getValue());
      var own = rest.stream().filter(file -> file.startsWith(start)).toList();
      rest.removeAll(own);
      layers.add(layer(layer.getKey(), own));
    }
    layers.addFirst(layer("system", rest));
    return layers;
  }

  private FileEntriesLayer layer(String name, List<Path> content) {
    var layer = FileEntriesLayer.builder().setName(name);
    for (var file : content) {
      layer.addEntry(
          file,
          AbsoluteUnixPath.get("/" + files.root().relativize(file)),
          Files.isExecutable(file) ? PROGRAM : FILE,
          ImageFiles.TIME);
    }
    return layer.build();
  }

  private static Map<String, String> layersByName() {
    var layers = new LinkedHashMap<String, String>();
    layers.put("java", ContainerCommand.RUNTIME);
    layers.put("libraries", ContainerCommand.APPLICATION + "/lib");
    layers.put("aot", ContainerCommand.AOT_CACHE);
    layers.put("operator", ContainerCommand.APPLICATION);
    return layers;
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }
}
