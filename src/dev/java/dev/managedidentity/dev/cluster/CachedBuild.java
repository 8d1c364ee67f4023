package dev.managedidentity.dev.cluster;

import dev.managedidentity.dev.process.FolderRemover;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/**
 * Keeps one finished build for each version in the cache folder.
 *
 * <p>A build becomes visible by one atomic rename, so the cache never holds half of one; the lock
 * only saves a second process from doing the same work.
 */
final class CachedBuild {

  private final PinnedModule module;
  private final Path cache;
  private final Build build;
  private final Consumer<String> progress;

  CachedBuild(PinnedModule module, Path cache, Build build, Consumer<String> progress) {
    this.module = module;
    this.cache = cache;
    this.build = build;
    this.progress = progress;
  }

  /** Makes the programs in an empty folder. */
  @FunctionalInterface
  interface Build {
    void into(Path folder);
  }

  Binaries binaries() {
    var folder =
        cache.resolve(
            module.cacheKey(System.getProperty("os.name"), System.getProperty("os.arch")));
    return Binaries.in(folder).orElseGet(() -> builtOnce(folder));
  }

  private Binaries builtOnce(Path folder) {
    var lockFile = folder.resolveSibling(folder.getFileName() + ".lock");
    try (var lock = BuildLock.acquire(lockFile, () -> sayWhyWeWait(lockFile))) {
      lock.requireHeld();
      return Binaries.in(folder).orElseGet(() -> built(folder));
    }
  }

  private Binaries built(Path folder) {
    var unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
    try {
      FolderRemover.remove(unfinished);
      Files.createDirectories(unfinished);
      build.into(unfinished);
      if (!Binaries.missingIn(unfinished).isEmpty()) {
        throw new IllegalStateException("The build made no " + Binaries.missingIn(unfinished));
      }
      FolderRemover.remove(folder);
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
      return Binaries.in(folder)
          .orElseThrow(() -> new IllegalStateException(folder + " was removed by somebody else"));
    } catch (IOException e) {
      throw new UncheckedIOException("The build could not be put into " + folder, e);
    } finally {
      FolderRemover.remove(unfinished);
    }
  }

  private void sayWhyWeWait(Path lockFile) {
    progress.accept("Waiting for another process that builds the control plane: " + lockFile);
  }
}
