package dev.managedidentity.operator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.proof.OpenGrants;
import dev.managedidentity.operator.proof.Proof;
import dev.managedidentity.operator.proof.RoleProofs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What workloads' tokens show of an identity's roles, and what its status says of it. */
class RoleEffectsTest {
  private static final String ID = "/subscriptions/s-1/identities/Orders";
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Problem MISSING =
      new Problem.Waiting(Reason.ROLES_PENDING, "Reader is not in force at scope-1.");
  private static final RoleAssignmentStatus READER =
      new RoleAssignmentStatus(
          "Reader", "scope-1", "role-1", "principal-1", "id-1", "f", State.ASSIGNED, null, null);
  private static final ManagedIdentityStatus STATUS =
      ManagedIdentityStatus.EMPTY
          .withResource(ID, "westeurope", Ownership.CREATED)
          .withRole(READER);

  private final List<String> woken = new ArrayList<>();
  private final RoleProofs proofs = new RoleProofs(woken::add);

  @Test
  void nothingIsKnownBeforeAWorkloadSignsIn() {
    assertThat(condition(STATUS)).hasValueSatisfying(says("Unknown", "RolesPending"));
  }

  @Test
  void whatATokenMayDoIsInForce() {
    shows(Optional.empty());

    var noted = effects(STATUS).noted(STATUS);

    assertThat(noted.roleAssignments())
        .extracting(RoleAssignmentStatus::effectiveSince)
        .containsExactly("2026-03-01T12:00:00Z");
    assertThat(condition(noted)).hasValueSatisfying(says("True", "RolesEffective"));
    assertThat(woken).containsExactly(ID.toLowerCase(Locale.ROOT));
  }

  @Test
  void whatATokenMayNotDoYetIsSaid() {
    shows(Optional.of(MISSING));

    assertThat(condition(STATUS))
        .hasValueSatisfying(
            condition -> assertThat(condition.message()).contains("not in force at scope-1"));
  }

  /** Something denies now what was allowed: a role that changed, or a deny assignment. */
  @Test
  void aRoleThatIsNoLongerInForceIsSaid() {
    shows(Optional.empty());
    var inForce = effects(STATUS).noted(STATUS);
    assertThat(effects(inForce).noted(inForce)).isEqualTo(inForce);

    shows(Optional.of(MISSING));

    var noted = effects(inForce).noted(inForce);
    assertThat(noted.roleAssignments())
        .extracting(RoleAssignmentStatus::effectiveSince)
        .containsOnlyNulls();
    assertThat(condition(noted)).hasValueSatisfying(says("Unknown", "RolesPending"));
    assertThat(woken).hasSize(2);
  }

  @Test
  void anAssignmentThatIsMadeAnewIsNotInForceBecauseTheFormerWas() {
    shows(Optional.empty());
    var inForce = effects(STATUS).noted(STATUS);
    effects(inForce);

    assertThat(effects(STATUS).noted(STATUS)).isEqualTo(STATUS);
  }

  @Test
  void whoIsNotLookedAtIsSaid() {
    assertThat(RoleEffects.of(STATUS, false, true, proofs).condition(STATUS, 1))
        .hasValueSatisfying(says("Unknown", "VerificationDisabled"));
    assertThat(RoleEffects.of(STATUS, true, false, proofs).condition(STATUS, 1))
        .hasValueSatisfying(says("Unknown", "NotApplicable"));
    assertThat(condition(ManagedIdentityStatus.EMPTY)).isEmpty();
  }

  private void shows(Optional<Problem> problem) {
    var effect = new Proof.Effect(OpenGrants.grant(READER), problem);
    proofs.report(
        ID, new Proof.Exchanged("https://issuer", Duration.ofMillis(5), List.of(effect)), NOW);
  }

  private RoleEffects effects(ManagedIdentityStatus status) {
    return RoleEffects.of(status, true, true, proofs);
  }

  private Optional<Condition> condition(ManagedIdentityStatus status) {
    return effects(status).condition(status, 1);
  }

  private static Consumer<Condition> says(String status, String reason) {
    return condition ->
        assertThat(condition.status() + "/" + condition.reason()).isEqualTo(status + "/" + reason);
  }
}
