package dev.managedidentity.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UrgencyTest {
  private static final List<Finding> DRIFT =
      List.of(new Finding(Finding.Kind.IDENTITY_DELETED, "orders", "It is gone.", Instant.EPOCH));

  @Test
  void workIsAnEditWhereNobodySaysOtherwise() {
    assertThat(Urgency.current()).isEqualTo(Urgency.EDIT);
    assertThat(Urgency.UPKEEP.call(Urgency::current)).isEqualTo(Urgency.UPKEEP);
    assertThat(Urgency.current()).isEqualTo(Urgency.EDIT);
  }

  @Test
  void nobodyWaitsForARepair() {
    assertThat(Urgency.of(DRIFT, 3L, 3L)).isEqualTo(Urgency.UPKEEP);
  }

  @Test
  void whoEditedTheResourceWaits() {
    assertThat(Urgency.of(DRIFT, 2L, 3L)).isEqualTo(Urgency.EDIT);
    assertThat(Urgency.of(DRIFT, null, 1L)).isEqualTo(Urgency.EDIT);
    assertThat(Urgency.of(List.of(), 3L, 3L)).isEqualTo(Urgency.EDIT);
  }
}
