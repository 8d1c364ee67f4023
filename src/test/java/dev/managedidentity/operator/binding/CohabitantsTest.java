package dev.managedidentity.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two bindings of one identity that let the same bearer in. */
class CohabitantsTest {
  private static final FederatedCredentialStatus WANTED =
      Situation.entry(Situation.CREDENTIAL, State.ACTIVE);

  @Test
  void whatAnotherBindingLetsInIsTaken() {
    var other = binding("first", like("its-own", State.ACTIVE));

    assertThat(obstacle(other))
        .hasValueSatisfying(
            problem -> {
              assertThat(problem.reason()).isEqualTo(Reason.SUBJECT_ALREADY_BOUND);
              assertThat(problem.detail())
                  .contains("IdentityBinding shop/first")
                  .contains(WANTED.subject());
            });
  }

  @Test
  void whatAnotherOnlyFoundThereIsNotItsOwn() {
    assertThat(obstacle(binding("first", like("its-own", State.FOREIGN)))).isEmpty();
  }

  @Test
  void aBindingIsNotInItsOwnWay() {
    var one = binding("one", like("earlier", State.ACTIVE));

    assertThat(new Cohabitants(one, List.of(one)).obstacle(WANTED)).isEmpty();
  }

  @Test
  void oneThatHasNothingYetIsInNobodysWay() {
    var other = Neighbourhood.binding("shop", "first", 1, "");

    assertThat(obstacle(other)).isEmpty();
  }

  private static Optional<Problem> obstacle(IdentityBinding other) {
    var one = Neighbourhood.binding("shop", "one", 2, "");
    return new Cohabitants(one, List.of(one, other)).obstacle(WANTED);
  }

  private static IdentityBinding binding(String name, FederatedCredentialStatus entry) {
    var binding = Neighbourhood.binding("shop", name, 1, "");
    binding.setStatus(IdentityBindingStatus.EMPTY.withCredential(entry));
    return binding;
  }

  private static FederatedCredentialStatus like(String name, State state) {
    return new FederatedCredentialStatus(
        name,
        WANTED.identity(),
        WANTED.issuer(),
        WANTED.subject(),
        WANTED.audience(),
        state,
        WANTED.clientId());
  }
}
