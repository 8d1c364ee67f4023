package dev.managedidentity.operator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.ResourceIdentityStatus;
import dev.managedidentity.operator.api.ResourceIdentityStatus.State;
import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FakeAzure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An Azure resource whose own identity was managed and is only observed now. */
class ObservedResourceTest {
  private static final String ID =
      "/subscriptions/sub/resourceGroups/group/providers/Microsoft.Web/sites/shop";
  private static final ManagedIdentityStatus MANAGED =
      ManagedIdentityStatus.EMPTY
          .withAzureResource(new ResourceIdentityStatus(ID, false, State.ENABLED, null))
          .withIdentity(null, "principal-1", "tenant");

  private final FakeAzure azure = new FakeAzure();

  @ParameterizedTest
  @CsvSource({"principal-1, ''", "principal-2, EnableIdentity", ", EnableIdentity"})
  void thePlanIsMadeFromWhatIsThereNow(@Nullable String principal, String step) {
    azure.withResource(AzureResource.of(ID, principal, "tenant", List.of()));

    var rehearsal = rehearse();

    assertThat(rehearsal.steps()).isEqualTo(step.isEmpty() ? List.of() : List.of(step + " " + ID));
    assertThat(rehearsal.problems()).isEmpty();
  }

  @Test
  void whatTheOperatorKnowsOfItsOwnIdentityStays() {
    azure.withResource(AzureResource.of(ID, null, "tenant", List.of()));

    assertThat(rehearse().status(facts()).principalId()).isEqualTo("principal-1");
  }

  @Test
  void aResourceThatIsGoneIsSaid() {
    assertThat(rehearse().problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.detail()).contains("any more"));
  }

  private Rehearsal rehearse() {
    return Rehearsal.of(facts(), resource(), InstantSource.fixed(Instant.EPOCH));
  }

  private IdentityFacts facts() {
    return Observers.of(azure, new AzureDefaults(null, null, null, Map.of()))
        .observe(resource(), MANAGED, Observers.neighbours());
  }

  private static ManagedIdentity resource() {
    return Resource.withSpec(
        "{type: SystemAssigned, managementPolicy: Observe, owner: {azureResource: {id: %s}}}"
            .formatted(ID));
  }
}
