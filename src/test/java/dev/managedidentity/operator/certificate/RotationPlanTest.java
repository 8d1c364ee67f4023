package dev.managedidentity.operator.certificate;

import static dev.managedidentity.operator.certificate.Years.BEGIN;
import static dev.managedidentity.operator.certificate.Years.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.certificate.RotationPlan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RotationPlanTest {
  private static final Material FIRST = Material.first(Years.authority().issue(BEGIN));
  private static final Material PREPARED = FIRST.prepared(Years.authority().issue(day(61)));
  private static final Material SWITCHED = PREPARED.switched();

  @Test
  void nothingStoredIsABeginning() {
    assertThat(RotationPlan.next(Optional.empty(), NAMES, false, BEGIN)).isEqualTo(Step.BEGIN);
  }

  @Test
  void aCertificateIsKeptForTwoThirdsOfItsLife() {
    assertThat(next(FIRST, false, BEGIN)).isEqualTo(Step.KEEP);
    assertThat(next(FIRST, true, day(59))).isEqualTo(Step.KEEP);
    assertThat(next(FIRST, true, day(61))).isEqualTo(Step.PREPARE);
    assertThat(next(FIRST, false, day(89))).isEqualTo(Step.PREPARE);
  }

  @Test
  void theNextOneIsServedOnceItsAuthorityIsKnown() {
    assertThat(next(PREPARED, false, day(62))).isEqualTo(Step.KEEP);
    assertThat(next(PREPARED, true, day(62))).isEqualTo(Step.SWITCH);
  }

  @Test
  void theNextOneIsServedWhenTheFormerOneIsOfNoUse() {
    assertThat(next(PREPARED, false, day(90))).isEqualTo(Step.SWITCH);
  }

  @Test
  void theFormerAuthorityIsDroppedWhenItHasExpired() {
    assertThat(next(SWITCHED, true, day(89))).isEqualTo(Step.KEEP);
    assertThat(next(SWITCHED, true, day(90))).isEqualTo(Step.DROP);
    assertThat(next(SWITCHED.withoutExpired(day(90)), true, day(90))).isEqualTo(Step.KEEP);
  }

  @Test
  void anExpiredCertificateIsABeginning() {
    assertThat(next(FIRST, true, day(90))).isEqualTo(Step.BEGIN);
    assertThat(next(PREPARED, true, day(200))).isEqualTo(Step.BEGIN);
  }

  @Test
  void aCertificateOfTheFutureIsABeginning() {
    assertThat(next(FIRST, true, day(-1))).isEqualTo(Step.BEGIN);
  }

  @Test
  void anotherNameIsABeginning() {
    var renamed = ServerNames.ofService("other", "identity-system");

    assertThat(RotationPlan.next(Optional.of(FIRST), renamed, true, BEGIN)).isEqualTo(Step.BEGIN);
  }

  private static Step next(Material material, boolean isSettled, Instant now) {
    return RotationPlan.next(Optional.of(material), NAMES, isSettled, now);
  }

  private static Instant day(int day) {
    return BEGIN.plus(Duration.ofDays(day));
  }
}
