package dev.managedidentity.dev.bench;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.image.ImageBuild;
import dev.managedidentity.dev.rig.OperatorProcess;
import dev.managedidentity.dev.rig.Rig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures how soon a new operator is at work, and its memory: as a plain jar, and in the image.
 */
public final class StartMain {
  private static final Duration SETTLING = Duration.ofSeconds(5);

  /** The memory that the chart allows: Java sizes its heap by what the container has. */
  private static final String AS_IN_THE_CHART = "-XX:MaxRAM=384m";

  private StartMain() {}

  /** Takes how often each is started; the first start of each is not counted. */
  public static void main(String[] arguments) throws InterruptedException {
    var rounds = Integer.parseInt(arguments[0]);
    var build = new ImageBuild(Path.of("target", "bench-image"), step -> {});
    build.write(Path.of("target", "bench-image.tar"), Optional.empty());
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    try (var controlPlane = ControlPlane.start(ControlPlaneOptions.standard());
        var rig = Rig.on(controlPlane, AzureEmulator.start(EmulatorOptions.defaults()))) {
      var jar = List.of(java, "-jar", OperatorProcess.jar().toString());
      measure("plain jar", rounds, rig, jar);
      for (var command : build.commands().entrySet()) {
        var words = new ArrayList<>(command.getValue());
        words.add(1, AS_IN_THE_CHART);
        measure(command.getKey(), rounds, rig, words);
      }
    }
  }

  private static void measure(String name, int rounds, Rig rig, List<String> command)
      throws InterruptedException {
    var times = new ArrayList<Long>();
    var memory = new ArrayList<Long>();
    for (var round = 0; round <= rounds; round++) {
      var folder = rig.controlPlane().newFolder("%s-%d".formatted(name.replace(" ", "-"), round));
      var begin = System.nanoTime();
      try (var operator = OperatorProcess.by(command, rig, folder, OperatorProcess.ALONE)) {
        operator.awaitReady();
        var time = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        Fleet.pause(SETTLING);
        if (round > 0) {
          times.add(time);
          memory.add(operator.residentKibibytes() / 1024);
        }
      }
    }
    System.out.printf(
        Locale.ROOT, "%-28s ready after %s ms, %s MiB%n", name, spread(times), spread(memory));
  }

  private static String spread(List<Long> values) {
    var sorted = values.stream().sorted().toList();
    return "%d (%d to %d)"
        .formatted(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
  }
}
