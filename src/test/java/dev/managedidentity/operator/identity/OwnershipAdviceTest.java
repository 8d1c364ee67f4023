package dev.managedidentity.operator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.azure.FakeAzure;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.identity.IdentityFacts.Uses;
import dev.managedidentity.operator.identity.IdentityFacts.Workload;
import dev.managedidentity.operator.identity.IdentityObserver.Neighbours;
import dev.managedidentity.operator.ownership.Owner;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people are told to do about an identity that is somebody else's: what helps. */
class OwnershipAdviceTest {
  private static final IdentityId ID = new IdentityId("sub", "group", "orders");
  private static final String CHOOSE = "Choose another azure.name, delete that ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // policy | living ManagedIdentity that has it | cluster in its tags | is told to
        "Manage | ManagedIdentity shop/first | cluster-1 | share",
        "Adopt  | ManagedIdentity shop/first | cluster-1 | share",
        "Manage | ManagedIdentity shop/first | -         | share",
        "Manage | -                          | cluster-1 | adopt",
        "Manage | -                          | cluster-2 | adopt",
        "Manage | -                          | -         | adopt",
      })
  void advisesWhatHelps(
      String policy, @Nullable String rival, @Nullable String cluster, String advice) {
    var tags =
        cluster == null
            ? Map.<String, String>of()
            : new Owner(cluster, "shop", "first", "uid-9").tags();
    var azure = new FakeAzure().withIdentity(ID, tags);

    var problem =
        problem(azure, "{managementPolicy: %s, azure: {name: orders}}".formatted(policy), rival);

    assertThat(problem.reason()).isEqualTo(Reason.OWNED_BY_ANOTHER);
    assertThat(problem.message())
        .contains(ID.toString())
        .endsWith(
            switch (advice) {
              case "share" ->
                  "belongs to ManagedIdentity shop/first. "
                      + CHOOSE
                      + "ManagedIdentity, or share it: an IdentityBinding can name it, from other"
                      + " namespaces too if its spec.allowedNamespaces allow it.";
              default -> CHOOSE + "identity, or take it over with managementPolicy Adopt.";
            });
  }

  private static Problem problem(FakeAzure azure, String spec, @Nullable String rival) {
    var defaults = new AzureDefaults("sub", "group", "westeurope", Map.of());
    var nobody = new Uses(List.of(), new Workload.None(), Optional.empty());
    var facts =
        Observers.of(azure, defaults)
            .observe(
                Resource.withSpec(spec),
                ManagedIdentityStatus.EMPTY,
                new Neighbours(Optional.of(Map.of()), nobody, Optional.ofNullable(rival)));
    return IdentityPlanner.plan(facts).problems().getFirst();
  }
}
