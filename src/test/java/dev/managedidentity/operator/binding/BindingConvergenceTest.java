package dev.managedidentity.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.plan.Verdict;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lives of two bindings of one service account in bad weather: they change their identity and their
 * audience, consent comes and goes, the cluster's issuer changes, calls fail with and without
 * effect, the operator is killed at any moment. None says Ready unless it is so, and once the
 * weather is good Azure is exactly as asked, at no further call.
 */
class BindingConvergenceTest {
  private static final int LIVES = 200;

  static IntStream lives() {
    return IntStream.range(0, LIVES);
  }

  @ParameterizedTest
  @MethodSource("lives")
  void endAsAsked(int seed) {
    var random = new Random(seed);
    var world = new World(random);
    for (var changes = 0; changes < 5; changes++) {
      world.weather().worsen();
      world.change();
      for (var passes = 0; passes < 8; passes++) {
        world.pass(random.nextInt(2));
      }
      if (random.nextBoolean()) { // else the next change finds this one half done
        world.weather().clear();
        world.settle();
        isAsAsked(world);
      }
    }
    world.weather().worsen();
    world.delete();
    for (var passes = 0; passes < 8; passes++) {
      world.pass(random.nextInt(2));
    }
    world.weather().clear();
    world.settle();
    assertThat(world.credentials()).isEmpty();
  }

  private static void isAsAsked(World world) {
    var verdicts = List.of(world.verdict(0), world.verdict(1));
    if (!world.isConsentGiven()) {
      assertThat(verdicts).allSatisfy(one -> isRefused(one, Reason.NAMESPACE_NOT_ALLOWED));
      assertThat(world.credentials()).isEmpty();
    } else if (world.areRivals()) {
      assertThat(verdicts).filteredOn(Verdict.Proven.class::isInstance).hasSize(1);
      assertThat(verdicts)
          .filteredOn(one -> !(one instanceof Verdict.Proven))
          .allSatisfy(one -> isRefused(one, Reason.SUBJECT_ALREADY_BOUND));
      assertThat(world.credentials()).hasSize(1);
    } else if (world.isStandoff()) {
      assertThat(verdicts).allSatisfy(one -> isRefused(one, Reason.SUBJECT_ALREADY_BOUND));
    } else {
      assertThat(verdicts).allMatch(Verdict.Proven.class::isInstance);
      assertThat(world.credentials())
          .extracting(FederatedCredential::identity)
          .containsExactlyInAnyOrderElementsOf(world.identitiesAskedFor());
    }
  }

  private static void isRefused(Verdict verdict, Reason reason) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Troubled.class,
            troubled ->
                assertThat(troubled.problem()).extracting(Problem::reason).isEqualTo(reason));
  }
}
