package dev.managedidentity.dev.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process has printed so far. */
public record LogFile(Path path) {

  public List<String> lines() {
    try {
      // a process may be half-way through a character: unlike readAllLines this never fails on one
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines, at most this many. */
  public String tail(int count) {
    var lines = lines();
    var shown = lines.subList(Math.max(0, lines.size() - count), lines.size());
    return shown.isEmpty() ? "(it printed nothing)" : String.join("\n", shown);
  }
}
