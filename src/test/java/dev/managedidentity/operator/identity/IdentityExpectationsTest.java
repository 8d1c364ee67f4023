package dev.managedidentity.operator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.identity.IdentityFacts.Goal;
import dev.managedidentity.operator.inventory.Expectation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdentityExpectationsTest {
  private static final IdentityId ID = new IdentityId("sub", "group", "orders");
  private static final IdentityGoals GOALS =
      new IdentityGoals(new AzureDefaults("sub", "group", "westeurope", Map.of()), "cluster-1");
  private static final ManagedIdentityStatus NAMED =
      ManagedIdentityStatus.EMPTY.withResource(ID.toString(), "westeurope", Ownership.CREATED);
  private static final ManagedIdentityStatus CREATED =
      NAMED.withIdentity("client-1", "principal-1", "tenant");

  @Test
  void anIdentityIsToBeThereWithItsTags() {
    var definition = ((Goal.Defined) GOALS.goal(Resource.withSpec("{}"), CREATED)).definition();
    var expected =
        expected(CREATED.withContent(Content.of(definition), List.of())).findFirst().orElseThrow();

    assertThat(expected.key()).isEqualTo(ID.key());
    assertThat(expected.isMet().test(found("principal-1", definition.tags()))).isTrue();
    assertThat(expected.isMet().test(found("principal-1", Map.of()))).isFalse();
    assertThat(expected.isMet().test(found("principal-2", definition.tags()))).isFalse();
    assertThat(expected.isMet().test(Optional.empty())).isFalse();
  }

  /** Its parts are not to be missed meanwhile if it is gone. */
  @Test
  void anIdentityThatIsAboutToBeWrittenIsToBeTheSame() {
    var expected = expected(CREATED.withUnknownContent(List.of())).findFirst().orElseThrow();

    assertThat(expected.isMet().test(found("principal-1", Map.of()))).isTrue();
    assertThat(expected.isMet().test(found("principal-2", Map.of()))).isFalse();
    assertThat(expected.isMet().test(Optional.empty())).isFalse();
  }

  @Test
  void nothingIsCountedOnBeforeTheFirstWrite() {
    assertThat(expected(ManagedIdentityStatus.EMPTY)).isEmpty();
    assertThat(expected(NAMED.withUnknownContent(List.of()))).isEmpty();
  }

  private static Stream<Expectation<AzureIdentity>> expected(ManagedIdentityStatus status) {
    var resource = Resource.withSpec("{}");
    resource.setStatus(status);
    return new IdentityExpectations(GOALS, () -> Stream.of(resource), _ -> {})
        .identities().stream();
  }

  private static Optional<AzureIdentity> found(String principal, Map<String, String> tags) {
    return Optional.of(
        new AzureIdentity(ID, "client-1", principal, "tenant", "westeurope", false, tags));
  }
}
