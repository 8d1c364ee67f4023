package dev.managedidentity.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.plan.Verdict;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lives of two bindings of one service account and two of one virtual machine, in bad weather: they
 * change their identity and their audience, consent comes and goes, the cluster's issuer changes,
 * people change things in Azure by hand, calls fail with and without effect, the operator is killed
 * at any moment. None says Ready unless it is so, and once the weather is good Azure is exactly as
 * asked, at no further call, with everything that others made as they left it.
 */
class BindingConvergenceTest {
  private static final int LIVES = 300;
  private static final int ACCOUNTS = 0;
  private static final int MACHINES = 2;

  static IntStream lives() {
    return IntStream.range(0, LIVES);
  }

  @ParameterizedTest
  @MethodSource("lives")
  void endAsAsked(int seed) {
    var random = new Random(seed);
    var world = new World(random);
    for (var changes = 0; changes < 6; changes++) {
      world.weather().worsen();
      world.change();
      for (var passes = 0; passes < 12; passes++) {
        world.pass(random.nextInt(world.size()));
      }
      if (random.nextBoolean()) { // else the next change finds this one half done
        world.weather().clear();
        world.settle();
        accountsAreAsAsked(world);
        machinesAreAsAsked(world);
      }
    }
    world.weather().worsen();
    world.delete();
    for (var passes = 0; passes < 12; passes++) {
      world.pass(random.nextInt(world.size()));
    }
    world.weather().clear();
    world.settle();
    assertThat(world.others().azure().credentials()).isEmpty();
    assertThat(world.assigned()).isEqualTo(world.others().given());
  }

  private static void accountsAreAsAsked(World world) {
    var verdicts = verdicts(world, ACCOUNTS);
    var credentials = world.others().azure().credentials();
    if (!world.isConsentGiven()) {
      assertThat(verdicts).allSatisfy(one -> isRefused(one, Reason.NAMESPACE_NOT_ALLOWED));
      assertThat(credentials).isEmpty();
    } else if (world.areRivals(ACCOUNTS)) {
      oneGivesWay(verdicts);
      assertThat(credentials).hasSize(1);
    } else {
      assertThat(verdicts).allMatch(Verdict.Proven.class::isInstance);
      assertThat(credentials)
          .extracting(one -> one.identity())
          .containsExactlyInAnyOrder(
              world.identityAskedFor(ACCOUNTS), world.identityAskedFor(ACCOUNTS + 1));
    }
  }

  private static void machinesAreAsAsked(World world) {
    var verdicts = verdicts(world, MACHINES);
    var expected = new TreeSet<>(world.others().given());
    if (!world.isConsentGiven()) {
      assertThat(verdicts).allSatisfy(one -> isRefused(one, Reason.NAMESPACE_NOT_ALLOWED));
    } else if (world.others().machine().isEmpty()) {
      assertThat(verdicts)
          .filteredOn(one -> !isRefusedFor(one, Reason.SUBJECT_ALREADY_BOUND))
          .isNotEmpty()
          .allSatisfy(one -> isRefused(one, Reason.AZURE_RESOURCE_NOT_FOUND));
    } else {
      if (world.areRivals(MACHINES)) {
        oneGivesWay(verdicts);
      } else {
        assertThat(verdicts).allMatch(Verdict.Proven.class::isInstance);
      }
      expected.add(world.identityAskedFor(MACHINES).key());
      expected.add(world.identityAskedFor(MACHINES + 1).key());
    }
    assertThat(world.assigned()).isEqualTo(expected);
  }

  private static void oneGivesWay(List<Verdict> verdicts) {
    assertThat(verdicts).filteredOn(Verdict.Proven.class::isInstance).hasSize(1);
    assertThat(verdicts)
        .filteredOn(one -> !(one instanceof Verdict.Proven))
        .allSatisfy(one -> isRefused(one, Reason.SUBJECT_ALREADY_BOUND));
  }

  private static List<Verdict> verdicts(World world, int first) {
    return List.of(world.verdict(first), world.verdict(first + 1));
  }

  private static boolean isRefusedFor(Verdict verdict, Reason reason) {
    return verdict instanceof Verdict.Troubled troubled && troubled.problem().reason() == reason;
  }

  private static void isRefused(Verdict verdict, Reason reason) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Troubled.class,
            troubled ->
                assertThat(troubled.problem()).extracting(Problem::reason).isEqualTo(reason));
  }
}
