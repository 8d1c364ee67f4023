package dev.managedidentity.dev.tools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program that answers and ends.
 *
 * @param program its file
 * @param environment variables that it gets besides those of this process
 */
public record Tool(Path program, Map<String, String> environment) {
  /** With the environment of this process. */
  public Tool(Path program) {
    this(program, Map.of());
  }

  public Tool {
    environment = Map.copyOf(environment);
  }

  /**
   * What came of a run.
   *
   * @param output what it wrote to standard output
   * @param errors what it wrote to standard error
   */
  public record Outcome(int exitCode, String output, String errors) {}

  /** The same program with further variables. */
  public Tool with(Map<String, String> variables) {
    return new Tool(program, variables);
  }

  /**
   * Its output.
   *
   * @throws IllegalStateException with what it says when it fails
   */
  public String answer(String... arguments) {
    var outcome = run("", List.of(arguments));
    if (outcome.exitCode() != 0) {
      throw new IllegalStateException(
          "%s %s: %s"
              .formatted(
                  program.getFileName(), String.join(" ", arguments), outcome.errors().strip()));
    }
    return outcome.output();
  }

  /** Runs it with this text on its standard input. */
  public Outcome run(String input, List<String> arguments) {
    var words = new ArrayList<>(List.of(program.toString()));
    words.addAll(arguments);
    try {
      var folder = Files.createTempDirectory("tool");
      var asked = Files.writeString(folder.resolve("input"), input);
      var errors = folder.resolve("errors");
      var builder =
          new ProcessBuilder(words).redirectInput(asked.toFile()).redirectError(errors.toFile());
      builder.environment().putAll(environment);
      var process = builder.start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var outcome = new Outcome(process.waitFor(), output, Files.readString(errors));
      Files.delete(errors);
      Files.delete(asked);
      Files.delete(folder);
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(program + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + program + " ran", e);
    }
  }
}
