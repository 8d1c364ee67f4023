package dev.managedidentity.operator.journey;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a failed test leaves for whoever looks for the cause: objects, requests, threads. */
record FailureReport(Path folder) {
  /** A report below Maven's folder. */
  static FailureReport of(Team team) {
    return new FailureReport(Path.of("target", "failures", team.name()));
  }

  /** Writes it, and says where it is. */
  void write(Team team) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("objects.yaml"), team.written());
      Files.write(
          folder.resolve("requests.txt"),
          team.azure().control().requests().stream().map(Object::toString).toList());
      Files.writeString(folder.resolve("metrics.txt"), team.operator().metrics());
      var threads = folder.resolve("threads.txt").toAbsolutePath();
      Files.deleteIfExists(threads);
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(threads.toString(), ThreadDumpFormat.TEXT_PLAIN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.err.println(
        Stream.of("objects.yaml", "requests.txt", "metrics.txt", "threads.txt")
            .collect(Collectors.joining(", ", "See in " + folder + ": ", "")));
  }
}
