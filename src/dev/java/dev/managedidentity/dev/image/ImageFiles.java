package dev.managedidentity.dev.image;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * The files of the image as they lie in it, below a folder of this machine.
 *
 * @param root that folder
 */
record ImageFiles(Path root) {
  /**
   * Of every file. An AOT cache counts only for libraries of the very time that it was made for.
   */
  static final Instant TIME = Instant.ofEpochSecond(1);

  /** What the operator and its libraries use; log4j wants java.beans of java.desktop. */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.desktop",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.xml",
          "jdk.httpserver",
          "jdk.management",
          "jdk.unsupported");

  /** What of java.desktop is for screens. */
  private static final String WINDOWS = "/java.desktop/lib/**,/java.desktop/conf/**";

  /** Links a Java runtime with nothing but what is needed, of the JDK that this runs on. */
  void linkRuntime() {
    var jlink = ToolProvider.findFirst("jlink").orElseThrow();
    var messages = new StringWriter();
    var writer = new PrintWriter(messages, true);
    var code =
        jlink.run(
            writer,
            writer,
            "--add-modules",
            String.join(",", MODULES),
            "--no-header-files",
            "--no-man-pages",
            "--strip-debug",
            "--compress",
            "zip-0",
            "--exclude-files",
            WINDOWS,
            "--output",
            at(ContainerCommand.RUNTIME).toString());
    if (code != 0) {
      throw new IllegalStateException("jlink: " + messages);
    }
  }

  /** Copies the operator's jar, and its libraries to where the jar looks for them. */
  void copyOperator(Path jar) {
    var libraries = jar.resolveSibling("lib");
    try (var found = Files.list(libraries)) {
      copy(jar, ContainerCommand.JAR);
      found.forEach(
          library -> copy(library, ContainerCommand.APPLICATION + "/lib/" + library.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a file of this machine, or what it links to. */
  void copy(Path from, String to) {
    try {
      Files.createDirectories(at(to).getParent());
      Files.copy(from, at(to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String file, String text) {
    try {
      Files.createDirectories(at(file).getParent());
      Files.writeString(at(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives every file the one time. */
  void setTimes() {
    for (var file : below("/")) {
      try {
        Files.setLastModifiedTime(file, FileTime.from(TIME));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The files below a path of the image, by name. */
  List<Path> below(String path) {
    try (var found = Files.walk(at(path))) {
      return found.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a path of the image lies on this machine. */
  Path at(String path) {
    return ContainerCommand.at(root, path);
  }
}
