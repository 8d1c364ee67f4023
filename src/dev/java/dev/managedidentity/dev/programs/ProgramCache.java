package dev.managedidentity.dev.programs;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Has programs in the user's cache, where they are built once.
 *
 * @param environment the variables that decide where that is, and which Go is used
 * @param progress is told what a person should know while waiting
 */
public record ProgramCache(Map<String, String> environment, Consumer<String> progress) {
  public ProgramCache {
    environment = Map.copyOf(environment);
  }

  /** Speaks to whoever started this process. */
  public static ProgramCache ofThisProcess() {
    return new ProgramCache(System.getenv(), System.err::println);
  }

  /** The folder of these programs; returns at once unless they must be built first. */
  public Path folderOf(Programs programs) {
    var build = new GoBuild(programs, environment, progress);
    return new CachedBuild(programs, placeOf(programs), build, progress).folder();
  }

  /** Where they are, or will be. */
  public Path placeOf(Programs programs) {
    var system = System.getProperty("os.name");
    return CacheFolder.of(environment, system)
        .resolve(programs.cacheKey(system, System.getProperty("os.arch")));
  }
}
