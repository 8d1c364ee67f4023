package dev.managedidentity.dev.programs;

import dev.managedidentity.dev.process.FolderRemover;
import dev.managedidentity.dev.process.OwnedProcess;
import dev.managedidentity.dev.process.ProcessCommand;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Builds programs from their pinned module with the Go that is on the PATH. */
final class GoBuild implements CachedBuild.Build {

  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(10);
  private static final int LINES_SHOWN_ON_FAILURE = 20;

  private final Programs programs;
  private final Map<String, String> environment;
  private final Consumer<String> progress;

  GoBuild(Programs programs, Map<String, String> environment, Consumer<String> progress) {
    this.programs = programs;
    this.environment = environment;
    this.progress = progress;
  }

  @Override
  public void into(Path folder) {
    var go = requireGo();
    var log = folder.resolve("build.log");
    var work = folder.resolve("work");
    progress.accept(
        "Building %s with Go. This happens once and takes 5 to 10 minutes on 2 cores."
            .formatted(programs.title()));
    try {
      Files.createDirectory(work);
      var command =
          new ProcessCommand(
              "go build", words(go, folder), programs.module().folder(), variables(work));
      try (var process = OwnedProcess.start(command, log)) {
        follow(process);
      }
      for (var program : programs.programs()) {
        Files.move(folder.resolve(program.built()), folder.resolve(program.name()));
      }
      Files.delete(log);
      FolderRemover.remove(work);
    } catch (IOException e) {
      throw new UncheckedIOException("The build cannot use " + folder, e);
    }
  }

  private List<String> words(Path go, Path folder) {
    var words = new ArrayList<String>();
    words.addAll(List.of(go.toString(), "build", "-v", "-trimpath"));
    words.addAll(List.of("-ldflags", programs.linkerFlags()));
    words.addAll(List.of("-o", folder.toAbsolutePath() + File.separator));
    words.addAll(programs.sources());
    return words;
  }

  /** Shuts out whatever a workspace or the user's Go settings would change in the result. */
  private static Map<String, String> variables(Path work) {
    return Map.of(
        "GOWORK", "off",
        "GOFLAGS", "-mod=readonly",
        "CGO_ENABLED", "0",
        "GOTMPDIR", work.toAbsolutePath().toString());
  }

  private void follow(OwnedProcess process) {
    var start = Instant.now();
    while (!process.exitsWithin(PROGRESS_INTERVAL)) {
      progress.accept(GoOutput.of(process.log().lines()).describe(elapsedSince(start)));
    }
    if (process.exitCode() != 0) {
      throw new BuildFailedException(
          "With Go it was not possible to build "
              + programs.title()
              + ". The last lines of its output:\n"
              + process.log().tail(LINES_SHOWN_ON_FAILURE));
    }
    progress.accept(
        "Built in " + GoOutput.minutes(elapsedSince(start)) + "; kept for the next time");
  }

  private static Duration elapsedSince(Instant start) {
    return Duration.between(start, Instant.now());
  }

  private Path requireGo() {
    return goOnPath()
        .orElseThrow(
            () ->
                new BuildFailedException(
                    programs.title()
                        + " would be built with Go, which is not on the PATH:"
                        + " install Go 1.26 or newer from https://go.dev/dl"));
  }

  private Optional<Path> goOnPath() {
    var separator = Pattern.compile(Pattern.quote(File.pathSeparator));
    return separator
        .splitAsStream(environment.getOrDefault("PATH", ""))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder).toAbsolutePath().resolve("go"))
        .filter(go -> Files.isRegularFile(go) && Files.isExecutable(go))
        .findFirst();
  }
}
