package dev.managedidentity.operator.api;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A YAML file that tries a rule: one document that is created, or two, of which the second updates
 * the first.
 */
record ExampleFile(String name, String text) {
  private static final Path FOLDER = Path.of("src/test/resources/crds");

  /** The files of one folder, {@code valid} or {@code invalid}, by name. */
  static List<ExampleFile> in(String folder) {
    try (var files = Files.list(FOLDER.resolve(folder))) {
      return files.sorted().map(ExampleFile::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One file of the folder {@code valid}. */
  static ExampleFile valid(String name) {
    return read(FOLDER.resolve("valid").resolve(name + ".yaml"));
  }

  List<GenericKubernetesResource> documents() {
    return Stream.of(text.split("(?m)^---\n"))
        .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class))
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }

  private static ExampleFile read(Path file) {
    try {
      return new ExampleFile(file.getFileName().toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
