package dev.managedidentity.operator.binding;

import static dev.managedidentity.operator.binding.ResourceSituation.MACHINE;
import static dev.managedidentity.operator.binding.ResourceSituation.machine;
import static dev.managedidentity.operator.binding.Situation.CREDENTIAL;
import static dev.managedidentity.operator.binding.Situation.ID;
import static dev.managedidentity.operator.binding.Situation.OTHER_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.AssignmentStatus;
import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.inventory.Expectation;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BindingExpectationsTest {
  private final List<ResourceID> woken = new ArrayList<>();

  @Test
  void countsOnACredentialAsItWasWritten() {
    var expected =
        credentials(Neighbourhood.holding(FederatedCredentialStatus.State.ACTIVE)).getFirst();

    assertThat(expected.key()).isEqualTo(CREDENTIAL.id().toLowerCase(Locale.ROOT));
    assertThat(expected.scopes()).containsExactly(ID.key());
    assertThat(expected.isMet().test(Optional.of(CREDENTIAL))).isTrue();
    assertThat(expected.isMet().test(Optional.empty())).isFalse();
    for (var changed :
        List.of(
            Situation.credential(ID, "cred-1", "other"),
            new FederatedCredential(
                ID, "cred-1", "https://other", CREDENTIAL.subject(), "audience"),
            new FederatedCredential(ID, "cred-1", "https://issuer", "other", "audience"))) {
      assertThat(expected.isMet().test(Optional.of(changed))).isFalse();
    }
  }

  @Test
  void countsOnAResourceThatHasTheIdentity() {
    var expected = resources(holding(MACHINE, AssignmentStatus.State.ASSIGNED)).getFirst();

    assertThat(expected.key()).isEqualTo(MACHINE.toLowerCase(Locale.ROOT));
    assertThat(expected.scopes())
        .containsExactly(
            "/subscriptions/sub|microsoft.compute/virtualmachines",
            "/subscriptions/sub/resourcegroups/group|microsoft.compute/virtualmachines");
    assertThat(expected.isMet().test(Optional.of(machine(OTHER_ID, ID)))).isTrue();
    assertThat(expected.isMet().test(Optional.of(machine(OTHER_ID)))).isFalse();
    assertThat(expected.isMet().test(Optional.empty())).isFalse();
  }

  @Test
  void knowsTheTypeOfAPartOfAResource() {
    var slot =
        "/subscriptions/sub/resourceGroups/group/providers/Microsoft.Web/sites/shop/slots/new";

    assertThat(resources(holding(slot, AssignmentStatus.State.FOREIGN)).getFirst().scopes())
        .first()
        .isEqualTo("/subscriptions/sub|microsoft.web/sites/slots");
  }

  @ParameterizedTest
  @EnumSource(FederatedCredentialStatus.State.class)
  void countsOnNoCredentialThatMayNotBeThere(FederatedCredentialStatus.State state) {
    assertThat(credentials(Neighbourhood.holding(state)))
        .hasSize(
            switch (state) {
              case ACTIVE, FOREIGN -> 1;
              case PENDING, REFUSED -> 0;
            });
  }

  @ParameterizedTest
  @EnumSource(AssignmentStatus.State.class)
  void countsOnNoAssignmentThatMayNotBeThere(AssignmentStatus.State state) {
    var isThere =
        state == AssignmentStatus.State.ASSIGNED || state == AssignmentStatus.State.FOREIGN;

    assertThat(resources(holding(MACHINE, state))).hasSize(isThere ? 1 : 0);
  }

  @Test
  void wakesTheBindingThatCountsOnIt() {
    credentials(Neighbourhood.holding(FederatedCredentialStatus.State.ACTIVE))
        .getFirst()
        .wake()
        .run();
    resources(holding(MACHINE, AssignmentStatus.State.ASSIGNED)).getFirst().wake().run();

    var name = new ResourceID("binding-1", "shop");
    assertThat(woken).containsExactly(name, name);
  }

  @Test
  void countsOnNothingForOneThatIsNewOrGoing() {
    var status = Neighbourhood.holding(FederatedCredentialStatus.State.ACTIVE);
    var going = Neighbourhood.deleted(binding(status));

    assertThat(credentials(null)).isEmpty();
    assertThat(BindingExpectations.credentials(Stream.of(going), woken::add)).isEmpty();
  }

  private List<Expectation<FederatedCredential>> credentials(
      @Nullable IdentityBindingStatus status) {
    return BindingExpectations.credentials(Stream.of(binding(status)), woken::add);
  }

  private List<Expectation<AzureResource>> resources(IdentityBindingStatus status) {
    return BindingExpectations.resources(Stream.of(binding(status)), woken::add);
  }

  private static IdentityBinding binding(@Nullable IdentityBindingStatus status) {
    var binding = Neighbourhood.binding();
    binding.setStatus(status);
    return binding;
  }

  private static IdentityBindingStatus holding(String resource, AssignmentStatus.State state) {
    return IdentityBindingStatus.EMPTY.withAssignment(
        new AssignmentStatus(resource, ID.toString(), "client-1", state, null));
  }
}
