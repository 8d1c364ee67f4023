package dev.managedidentity.operator.binding;

import static dev.managedidentity.operator.binding.Situation.ID;
import static dev.managedidentity.operator.binding.Situation.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.binding.BindingFacts.Bearer;
import dev.managedidentity.operator.binding.BindingFacts.Trust;
import dev.managedidentity.operator.binding.BindingPlan.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a credential once the cluster has another issuer. */
class SuccessionTest {
  private static final Duration GRACE = Duration.ofHours(24);
  private static final CredentialRules RULES =
      new CredentialRules(false, Duration.ofHours(6), GRACE);
  private static final FederatedCredentialStatus OLD = entry("old", "https://old", State.ACTIVE);
  private static final FederatedCredentialStatus NEW = entry("new", "https://new", State.ACTIVE);

  @Test
  void theFormerCredentialStaysWhileTheNewOneIsNotWritten() {
    var succession = succession(20, OLD, entry("new", "https://new", State.PENDING));

    assertThat(succession.saving()).isEmpty();
    assertThat(succession.removal()).isEmpty();
  }

  @Test
  void theFormerCredentialStaysForTheGracePeriodOnceTheNewOneServes() {
    assertThat(succession(20, OLD, NEW).saving())
        .containsExactly(new Step.RetireCredential(OLD, NOW.plus(GRACE)));
    assertThat(succession(20, OLD.retiring(NOW.plusSeconds(1)), NEW).saving()).isEmpty();
  }

  @Test
  void theFormerCredentialGoesWhenTheGracePeriodIsOver() {
    var over = OLD.retiring(NOW);

    assertThat(succession(20, over, NEW).saving()).containsExactly(new Step.DoubtCredential(over));
    var doubted = over.in(State.PENDING);
    assertThat(succession(20, doubted, NEW).removal())
        .containsExactly(new Step.DeleteCredential(doubted));
  }

  @Test
  void aCredentialWhoseIssuerIsBackStays() {
    var back = NEW.retiring(NOW.plusSeconds(1));

    assertThat(succession(20, back).saving()).containsExactly(new Step.KeepCredential(back));
    assertThat(back.staying()).isEqualTo(NEW);
  }

  @Test
  void whereThereIsNoRoomForBothTheFormerCredentialGoesFirst() {
    assertThat(succession(1, OLD).saving()).containsExactly(new Step.DoubtCredential(OLD));
    assertThat(succession(1, OLD).places()).isZero();
    assertThat(succession(2, OLD).saving()).isEmpty();
    assertThat(succession(2, OLD).places()).isEqualTo(1);
  }

  @Test
  void whatNobodyAsksForAnyMoreGoesAtOnce() {
    var left =
        CredentialPlanner.entry(
            new FederatedCredential(ID, "left", "https://new", "somebody-else", "audience"),
            "client-1",
            State.ACTIVE);

    assertThat(succession(20, left, NEW).saving()).containsExactly(new Step.DoubtCredential(left));
  }

  private static Succession succession(int room, FederatedCredentialStatus... known) {
    var bearer =
        new Bearer(
            new Trust("new", "https://new", "subject", "audience"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var all = List.of(known);
    var states = List.of(BearerState.of(bearer, Situation.usable(ID, "client-1"), all));
    return new Succession(states, all, room, RULES, NOW);
  }

  private static FederatedCredentialStatus entry(String name, String issuer, State state) {
    return CredentialPlanner.entry(
        new FederatedCredential(ID, name, issuer, "subject", "audience"), "client-1", state);
  }
}
