package dev.managedidentity.dev.demo;

import dev.managedidentity.dev.rig.Rig;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of {@code examples/quickstart/}, used as kubectl uses them, in the order of names, and
 * a workload that is applied with them.
 */
record Quickstart(List<Path> files) {
  private static final Path FOLDER = Path.of("examples", "quickstart");
  private static final Path WORKLOAD = Path.of("examples", "workload.yaml");

  Quickstart {
    files = List.copyOf(files);
  }

  static Quickstart read() {
    try (var entries = Files.list(FOLDER)) {
      return new Quickstart(
          Stream.concat(
                  entries.filter(file -> file.toString().endsWith(".yaml")).sorted(),
                  Stream.of(WORKLOAD))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("The demo runs in the root of the repository", e);
    }
  }

  /** All files as text, each under its name. */
  String text() {
    return String.join("\n", files.stream().map(Quickstart::text).toList());
  }

  private static String text(Path file) {
    try {
      return "--- " + file + "\n" + Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void apply(KubernetesClient client) {
    files.forEach(file -> Rig.apply(client, file));
  }

  /** Asks for the deletion of everything at once; returns before it is gone. */
  void delete(KubernetesClient client) {
    resources(client).forEach(resource -> client.resource(resource).delete());
  }

  /** Those that still exist, such as {@code Namespace shop}. */
  List<String> remaining(KubernetesClient client) {
    return resources(client).stream()
        .filter(resource -> client.resource(resource).get() != null)
        .map(resource -> resource.getKind() + " " + resource.getMetadata().getName())
        .toList();
  }

  private List<HasMetadata> resources(KubernetesClient client) {
    return files.stream().flatMap(file -> resources(client, file).stream()).toList();
  }

  private static List<HasMetadata> resources(KubernetesClient client, Path file) {
    try (var content = Files.newInputStream(file)) {
      return client.load(content).items();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
