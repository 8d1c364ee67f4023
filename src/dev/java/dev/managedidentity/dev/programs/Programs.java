package dev.managedidentity.dev.programs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Programs that are built together.
 *
 * @param title what a person who waits for them is told
 * @param name beginning of the name of their folder in the cache
 * @param module what they are built from
 * @param programs each of them
 * @param linkerFlags what Go's linker gets
 */
public record Programs(
    String title, String name, PinnedModule module, List<Program> programs, String linkerFlags) {
  /** No debug tables. */
  public static final String SMALL = "-s -w";

  public Programs {
    programs = List.copyOf(programs);
  }

  /**
   * One program.
   *
   * @param name of its file
   * @param source the Go package that it is built from
   */
  public record Program(String name, String source) {
    /** What Go calls the file: the last part of the package that is no version. */
    String built() {
      var path = Path.of(source.replaceFirst("/v\\d+$", ""));
      return String.valueOf(path.getFileName());
    }
  }

  /** Those of these programs that a folder lacks. */
  public static List<String> missing(Path folder, List<String> names) {
    return names.stream().filter(name -> !isProgram(folder.resolve(name))).toList();
  }

  List<String> missingIn(Path folder) {
    return missing(folder, programs.stream().map(Program::name).toList());
  }

  List<String> sources() {
    return programs.stream().map(Program::source).toList();
  }

  /** A folder name that differs whenever the programs would. */
  String cacheKey(String operatingSystem, String architecture) {
    return String.join(
        "-",
        name,
        plain(operatingSystem),
        plain(architecture),
        module.hash(linkerFlags).substring(0, 12));
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "");
  }
}
