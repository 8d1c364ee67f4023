package dev.managedidentity.operator;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.ListScopes;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.identity.IdentityExpectations;
import dev.managedidentity.operator.inventory.CredentialCount;
import dev.managedidentity.operator.inventory.Expectation;
import dev.managedidentity.operator.inventory.Intervals;
import dev.managedidentity.operator.inventory.Inventory;
import dev.managedidentity.operator.inventory.Listing;
import dev.managedidentity.operator.inventory.Rhythm;
import dev.managedidentity.operator.inventory.Sweep;
import dev.managedidentity.operator.inventory.Sweeps;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Joins what resources count on with the lists that show whether it is so. */
final class Drift {
  private Drift() {}

  /** Looks at all kinds of objects once it is started. */
  static Sweeps of(
      AzureGateway azure,
      Inventory inventory,
      Intervals intervals,
      CredentialCount count,
      IdentityExpectations identities,
      Supplier<List<Expectation<FederatedCredential>>> credentials,
      Supplier<List<Expectation<AzureResource>>> resources) {
    return new Sweeps(
        List.of(
            new Sweep<>(
                new Listing<AzureIdentity>(
                    "identities", azure::listIdentities, found -> found.id().key()),
                identities::identities,
                inventory.identities(),
                rhythm(intervals.identities())),
            new Sweep<>(
                new Listing<RoleAssignment>(
                    "role-assignments", azure::listRoleAssignments, RoleAssignment::grant),
                identities::roleAssignments,
                inventory.roleAssignments(),
                rhythm(intervals.roleAssignments())),
            new Sweep<>(
                new Listing<FederatedCredential>(
                    "credentials",
                    identity -> counted(identity, azure, count),
                    found -> found.id().toLowerCase(Locale.ROOT),
                    Optional.of(inventory.identities())),
                credentials,
                inventory.credentials(),
                rhythm(intervals.credentials())),
            new Sweep<>(
                new Listing<AzureResource>(
                    "resources",
                    typed -> azure.listResources(ListScopes.scope(typed), ListScopes.typeOf(typed)),
                    found -> found.id().toLowerCase(Locale.ROOT)),
                both(identities::resources, resources),
                inventory.resources(),
                rhythm(intervals.resources()))));
  }

  private static Answer<List<FederatedCredential>> counted(
      String identity, AzureGateway azure, CredentialCount count) {
    var answer = azure.listCredentials(IdentityId.parse(identity));
    if (answer instanceof Answer.Done<List<FederatedCredential>> done) {
      count.count(identity, done.value());
    }
    return answer;
  }

  private static <T> Supplier<List<Expectation<T>>> both(
      Supplier<List<Expectation<T>>> one, Supplier<List<Expectation<T>>> other) {
    return () -> Stream.concat(one.get().stream(), other.get().stream()).toList();
  }

  private static Rhythm rhythm(Duration interval) {
    return new Rhythm(interval, System::nanoTime, new Random());
  }
}
