package dev.managedidentity.operator.identity;

import static dev.managedidentity.operator.identity.Situation.READER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.azure.FakeAzure;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.identity.IdentityFacts.Role;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roles of an identity that is only observed: what others granted already needs no write. */
class ObservedRolesTest {
  private static final String SPEC =
      "{managementPolicy: %s, azure: {name: orders}, roleAssignments: [{role: Reader, scope:"
          + " /subscriptions/s1}]}";
  private static final String DEFINITION =
      "/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-00000000000a";
  private static final AzureDefaults DEFAULTS =
      new AzureDefaults("sub", "group", "westeurope", Map.of());

  private final FakeAzure azure =
      new FakeAzure().withRole("Reader", DEFINITION).withIdentity(Situation.ID, Map.of());

  @ParameterizedTest
  @CsvSource({
    "/subscriptions/s1, true",
    "/subscriptions/S1, true",
    "/subscriptions/s1/resourceGroups/g, false",
    "/subscriptions/s2, false",
  })
  void whatSomebodyGrantedAtTheVeryScopeIsNotPlanned(String scope, boolean isMade) {
    grant(scope, azure.identities().getFirst().principalId());

    var facts = observe("Observe");

    assertThat(facts.roles())
        .containsEntry(READER, isMade ? new Role.MadeByAnother() : new Role.Found(DEFINITION));
    assertThat(steps(facts).stream().anyMatch(step -> step.startsWith("AssignRole")))
        .isEqualTo(!isMade);
    assertThat(facts.status().roleAssignments()).isEmpty();
  }

  @Test
  void whatAnotherPrincipalHasDoesNotCount() {
    grant("/subscriptions/s1", "somebody");

    assertThat(observe("Observe").roles()).containsEntry(READER, new Role.Found(DEFINITION));
  }

  @Test
  void nobodyListsAssignmentsForWhatIsNotThereOrNotOnlyObserved() {
    observe("Adopt");
    azure.removeIdentity(Situation.ID);
    observe("Observe");

    assertThat(azure.takeCalls()).noneMatch(call -> call.startsWith("List"));
  }

  private void grant(String scope, String principal) {
    azure.withAssignment(new RoleAssignment(scope, "theirs", DEFINITION, principal, null, null));
  }

  private IdentityFacts observe(String policy) {
    return Observers.of(azure, DEFAULTS)
        .observe(
            Resource.withSpec(SPEC.formatted(policy)),
            ManagedIdentityStatus.EMPTY,
            Observers.neighbours());
  }

  private static List<String> steps(IdentityFacts facts) {
    return Rehearsal.of(
            facts, Resource.withSpec(SPEC.formatted("Observe")), InstantSource.fixed(Instant.EPOCH))
        .steps();
  }
}
