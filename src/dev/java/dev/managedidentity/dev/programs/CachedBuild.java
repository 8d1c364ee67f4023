package dev.managedidentity.dev.programs;

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

  private final Programs programs;
  private final Path place;
  private final Build build;
  private final Consumer<String> progress;

  CachedBuild(Programs programs, Path place, Build build, Consumer<String> progress) {
    this.programs = programs;
    this.place = place;
    this.build = build;
    this.progress = progress;
  }

  /** Makes the programs in an empty folder. */
  @FunctionalInterface
  interface Build {
    void into(Path folder);
  }

  /** The folder with all programs, after a build where that is needed. */
  Path folder() {
    return isComplete(place) ? place : builtOnce();
  }

  private Path builtOnce() {
    var lockFile = place.resolveSibling(place.getFileName() + ".lock");
    try (var lock = BuildLock.acquire(lockFile, () -> sayWhyWeWait(lockFile))) {
      lock.requireHeld();
      return isComplete(place) ? place : built();
    }
  }

  private Path built() {
    var unfinished = place.resolveSibling(place.getFileName() + ".unfinished");
    try {
      FolderRemover.remove(unfinished);
      Files.createDirectories(unfinished);
      build.into(unfinished);
      if (!isComplete(unfinished)) {
        throw new IllegalStateException("The build made no " + programs.missingIn(unfinished));
      }
      FolderRemover.remove(place);
      Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
      return place;
    } catch (IOException e) {
      throw new UncheckedIOException("The build could not be put into " + place, e);
    } finally {
      FolderRemover.remove(unfinished);
    }
  }

  private boolean isComplete(Path folder) {
    return programs.missingIn(folder).isEmpty();
  }

  private void sayWhyWeWait(Path lockFile) {
    progress.accept(
        "Waiting for another process that builds " + programs.title() + ": " + lockFile);
  }
}
