package dev.managedidentity.operator.reliability;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.rig.Rig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The operator is killed at a random moment of every round. {@code -Dcrash.seed=...} repeats the
 * choices of a run, though not the machine's timing.
 */
class CrashRecoveryIT {
  private static final int ROUNDS = 20;

  private final long seed = Long.getLong("crash.seed", new Random().nextLong());
  private final Random random = new Random(seed);
  private final List<Wish> wishes = new ArrayList<>();

  @Test
  void everyRestartEndsInTheStateThatTheYamlAsksFor() {
    try (var controlPlane = ControlPlane.start(ControlPlaneOptions.standard());
        var rig = Rig.on(controlPlane, AzureEmulator.start(EmulatorOptions.defaults()));
        var world = new World(rig)) {
      for (int round = 1; round < ROUNDS; round += 2) {
        create(world, round);
        delete(world, round + 1);
      }
    }
  }

  /** Adds some; of these, one may be removed again while the operator is dead. */
  private void create(World world, int round) {
    var fresh =
        IntStream.rangeClosed(1, 2 + random.nextInt(2))
            .mapToObj(number -> wish("r%d-i%d".formatted(round, number), number == 1))
            .toList();
    var moment = Moment.random(random, fresh, false);
    var regretted = random.nextBoolean() ? List.of(fresh.getFirst()) : List.<Wish>of();
    wishes.addAll(fresh);
    wishes.removeAll(regretted);
    crash(
        world,
        new Round(
            round,
            moment,
            () -> fresh.forEach(world::apply),
            () -> regretted.forEach(world::delete)));
  }

  /** Removes some of what there is, and all of it in the last round. */
  private void delete(World world, int round) {
    Collections.shuffle(wishes, random);
    var count = round == ROUNDS ? wishes.size() : 1 + random.nextInt(wishes.size());
    var doomed = List.copyOf(wishes.subList(0, count));
    wishes.removeAll(doomed);
    var moment = Moment.random(random, doomed, true);
    crash(world, new Round(round, moment, () -> doomed.forEach(world::delete), () -> {}));
  }

  /** What people do, when the operator dies of it, and what they do while it is dead. */
  private record Round(int number, Moment moment, Runnable change, Runnable meanwhile) {}

  private void crash(World world, Round round) {
    try {
      world.prepare(round.moment());
      round.change().run();
      world.killAt(round.moment(), round.meanwhile());
      world.requireOnly(wishes);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "Seed %d, round %d, killed at %s. The end of the operator's log:%n%s"
              .formatted(seed, round.number(), round.moment(), world.operatorLog()),
          e);
    }
  }

  private Wish wish(String name, boolean isGranted) {
    var accounts = IntStream.rangeClosed(1, 1 + random.nextInt(2)).mapToObj(n -> name + "-a" + n);
    return new Wish(
        name, random.nextBoolean(), isGranted || random.nextBoolean(), accounts.toList());
  }
}
