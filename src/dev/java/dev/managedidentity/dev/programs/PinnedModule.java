package dev.managedidentity.dev.programs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** A Go module that pins what programs are built from, down to the hash of each source. */
public record PinnedModule(Path folder, String goMod, String goSum) {

  /** The module in this folder. */
  public static PinnedModule read(Path folder) {
    try {
      return new PinnedModule(
          folder,
          Files.readString(folder.resolve("go.mod")),
          Files.readString(folder.resolve("go.sum")));
    } catch (IOException e) {
      throw new BuildFailedException(
          folder + " holds no go.mod and go.sum: run from the root of the repository", e);
    }
  }

  /**
   * The version of a required module, such as {@code v1.2.3}.
   *
   * @throws IllegalArgumentException when it is not required
   */
  public String versionOf(String required) {
    var line = Pattern.compile("(?m)^(?:require)?\\s*" + Pattern.quote(required) + " (v\\d\\S+)");
    var found = line.matcher(goMod);
    if (!found.find()) {
      throw new IllegalArgumentException(
          folder.resolve("go.mod") + " does not require " + required);
    }
    return found.group(1);
  }

  /** Differs whenever what is pinned, or this text, does. */
  String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : List.of(goMod, goSum, text)) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
