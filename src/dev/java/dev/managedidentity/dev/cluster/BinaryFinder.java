package dev.managedidentity.dev.cluster;

import dev.managedidentity.dev.programs.PinnedModule;
import dev.managedidentity.dev.programs.ProgramCache;
import dev.managedidentity.dev.programs.Programs;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds the programs of the control plane: in {@code KUBEBUILDER_ASSETS}, else in the user's cache,
 * else by building them once.
 *
 * @param environment the variables that decide where to look
 * @param module the folder of the pinned Go module
 * @param progress is told what a person should know while waiting
 */
public record BinaryFinder(
    Map<String, String> environment, Path module, Consumer<String> progress) {

  private static final String ASSETS = "KUBEBUILDER_ASSETS";

  public BinaryFinder {
    environment = Map.copyOf(environment);
  }

  /** Looks where this process was told to, with the module of the working directory. */
  public static BinaryFinder ofThisProcess() {
    return new BinaryFinder(System.getenv(), Path.of("src/dev/cluster"), System.err::println);
  }

  /** The programs; returns at once unless they must be built first. */
  public Binaries find() {
    var assets = environment.getOrDefault(ASSETS, "");
    if (!assets.isEmpty()) {
      var folder = Path.of(assets);
      var missing = Programs.missing(folder, Binaries.NAMES);
      if (missing.isEmpty()) {
        return Binaries.in(folder);
      }
      progress.accept(
          ASSETS
              + "="
              + assets
              + " has no "
              + String.join(", ", missing)
              + "; using this project's own build instead");
    }
    var programs = Binaries.from(PinnedModule.read(module));
    return Binaries.in(new ProgramCache(environment, progress).folderOf(programs));
  }
}
