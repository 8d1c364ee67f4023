package dev.managedidentity.operator.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Values that are paths: of a PEM file, which is looked into, or of a folder for such files. */
final class CertificateFile {
  private CertificateFile() {}

  static Path path(JsonNode node) throws InvalidValueException {
    var path = parsed(TextSyntax.text(node));
    if (!Files.isRegularFile(path)) {
      throw new InvalidValueException("is \"%s\", where no file is".formatted(path));
    }
    try (var content = Files.newInputStream(path)) {
      if (CertificateFactory.getInstance("X.509").generateCertificates(content).isEmpty()) {
        throw new InvalidValueException("is \"%s\", a file without certificates".formatted(path));
      }
      return path;
    } catch (IOException e) {
      throw new InvalidValueException("is \"%s\", which cannot be read".formatted(path));
    } catch (CertificateException e) {
      throw new InvalidValueException("is \"%s\", which is not PEM".formatted(path));
    }
  }

  static Path directory(JsonNode node) throws InvalidValueException {
    var path = parsed(TextSyntax.text(node));
    if (!Files.isDirectory(path)) {
      throw new InvalidValueException("is \"%s\", where no folder is".formatted(path));
    }
    return path;
  }

  private static Path parsed(String text) throws InvalidValueException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new InvalidValueException("is not a path: " + e.getReason());
    }
  }
}
