package dev.managedidentity.dev.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the container starts the operator; training runs must start it in the same way. */
final class ContainerCommand {
  static final String RUNTIME = "/opt/java";
  static final String APPLICATION = "/app";
  static final String JAR = APPLICATION + "/managed-identity-operator.jar";
  static final String AOT_CACHE = APPLICATION + "/operator.aot";

  /** Why each is there, with figures: docs/decisions/0015-image.md. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseCompactObjectHeaders",
          "-XX:MaxRAMPercentage=60",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xlog:disable", // standard output is for lines of JSON
          "-Xlog:all=error:stderr");

  private ContainerCommand() {}

  /** The words of the image's entry point. */
  static List<String> entryPoint() {
    return in(Path.of("/"), "-XX:AOTCache=" + AOT_CACHE);
  }

  /**
   * The same where the image's files lie somewhere else.
   *
   * @param root where they lie
   * @param cache the option that reads or writes the AOT cache
   */
  static List<String> in(Path root, String cache) {
    var words = new ArrayList<String>();
    words.add(at(root, RUNTIME + "/bin/java").toString());
    words.add(cache);
    words.addAll(OPTIONS);
    words.add("-jar");
    words.add(at(root, JAR).toString());
    return List.copyOf(words);
  }

  /** Where a path of the image lies below a root. */
  static Path at(Path root, String path) {
    return root.resolve(path.substring(1));
  }
}
