package dev.managedidentity.operator.inventory;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.ForwardingGateway;
import dev.managedidentity.operator.azure.IdentityChange;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Progress;
import dev.managedidentity.operator.azure.RoleAssignment;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells the inventory of every write before its caller learns what came of it; not of the deletion
 * of a role assignment, on which nobody counts any more.
 */
public final class WatchedGateway extends ForwardingGateway {
  private final Inventory inventory;

  /** Watches the writes that go to {@code azure}. */
  public WatchedGateway(AzureGateway azure, Inventory inventory) {
    super(azure);
    this.inventory = inventory;
  }

  @Override
  public Answer<AzureIdentity> writeIdentity(IdentityDefinition definition) {
    return noted(inventory.identities(), definition.id().key(), super.writeIdentity(definition));
  }

  @Override
  public Answer<@Nullable Void> deleteIdentity(IdentityId id) {
    var answer = super.deleteIdentity(id);
    switch (answer) {
      case Answer.Done<?> _ -> inventory.credentials().wroteWithParts(id.key());
      case Answer.Failed<?> _ -> inventory.credentials().tried(id.key());
    }
    return noted(inventory.identities(), id.key(), answer);
  }

  @Override
  public Answer<@Nullable Void> writeCredential(FederatedCredential credential) {
    return noted(
        inventory.credentials(), lower(credential.id()), super.writeCredential(credential));
  }

  @Override
  public Answer<@Nullable Void> deleteCredential(IdentityId identity, String name) {
    return noted(
        inventory.credentials(),
        lower(FederatedCredential.id(identity, name)),
        super.deleteCredential(identity, name));
  }

  @Override
  public Answer<Grant> writeRoleAssignment(RoleAssignment assignment) {
    return noted(
        inventory.roleAssignments(), assignment.grant(), super.writeRoleAssignment(assignment));
  }

  @Override
  public Answer<Progress> changeResource(String id, IdentityChange change) {
    return changed(id, super.changeResource(id, change));
  }

  @Override
  public Answer<Progress> followOperation(String operation, String resourceId) {
    return changed(resourceId, super.followOperation(operation, resourceId));
  }

  /** What was seen is over only when the write is known to have happened. */
  private static <T extends @Nullable Object> Answer<T> noted(
      Sightings<?> sightings, String key, Answer<T> answer) {
    switch (answer) {
      case Answer.Done<T> _ -> sightings.wrote(key);
      case Answer.Failed<T> _ -> sightings.tried(key);
    }
    return answer;
  }

  /** Several resources of the cluster may count on one Azure resource: nothing seen is over. */
  private Answer<Progress> changed(String id, Answer<Progress> answer) {
    var sightings = inventory.resources();
    switch (answer) {
      case Answer.Done(Progress.Finished(AzureResource now), _) ->
          sightings.learned(lower(id), now);
      case Answer.Done(Progress.Running _, _) -> sightings.tried(lower(id));
      case Answer.Failed<Progress> _ -> sightings.tried(lower(id));
    }
    return answer;
  }

  private static String lower(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
