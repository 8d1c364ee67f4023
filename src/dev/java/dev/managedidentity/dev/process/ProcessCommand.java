package dev.managedidentity.dev.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start a program.
 *
 * @param name what people call it
 * @param words the program and its arguments
 * @param directory where it runs
 * @param variables what it gets besides the environment of this process
 */
public record ProcessCommand(
    String name, List<String> words, Path directory, Map<String, String> variables) {

  public ProcessCommand {
    words = List.copyOf(words);
    variables = Map.copyOf(variables);
    if (words.isEmpty()) {
      throw new IllegalArgumentException(name + " has no program to start");
    }
  }
}
