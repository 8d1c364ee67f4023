package dev.managedidentity.dev.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file of the repository that is generated, and kept for those who read it.
 *
 * @param path below the root of the repository
 * @param text its content, as it is to be
 */
public record GeneratedFile(Path path, String text) {
  /** Its content as it is kept; empty when there is none. */
  public String kept() throws IOException {
    try {
      return Files.readString(path);
    } catch (NoSuchFileException _) {
      return "";
    }
  }

  /** Keeps it. */
  public void write() {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
