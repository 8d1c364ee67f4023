package dev.managedidentity.operator.azure;

import dev.managedidentity.operator.plan.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets writes of one identity's credentials, and its deletion, through one at a time in the order
 * they came: Azure answers 409 to two at once. So it does for changes of one resource's identities,
 * which are read before they are written. Different identities and resources never wait for each
 * other.
 */
public final class LanedGateway implements AzureGateway {
  private final AzureGateway azure;
  private final ConcurrentHashMap<String, Lane> lanes = new ConcurrentHashMap<>();

  public LanedGateway(AzureGateway azure) {
    this.azure = azure;
  }

  @Override
  public Answer<Optional<AzureIdentity>> findIdentity(IdentityId id) {
    return azure.findIdentity(id);
  }

  @Override
  public Answer<AzureIdentity> writeIdentity(IdentityDefinition definition) {
    return azure.writeIdentity(definition);
  }

  @Override
  public Answer<@Nullable Void> deleteIdentity(IdentityId id) {
    return inLane(id.key(), () -> azure.deleteIdentity(id));
  }

  @Override
  public Answer<@Nullable Void> writeCredential(FederatedCredential credential) {
    return inLane(credential.identity().key(), () -> azure.writeCredential(credential));
  }

  @Override
  public Answer<@Nullable Void> deleteCredential(IdentityId identity, String name) {
    return inLane(identity.key(), () -> azure.deleteCredential(identity, name));
  }

  @Override
  public Answer<String> findRole(String scope, String roleName) {
    return azure.findRole(scope, roleName);
  }

  @Override
  public Answer<Grant> writeRoleAssignment(RoleAssignment assignment) {
    return azure.writeRoleAssignment(assignment);
  }

  @Override
  public Answer<@Nullable Void> deleteRoleAssignment(String id) {
    return azure.deleteRoleAssignment(id);
  }

  @Override
  public Answer<Optional<AzureResource>> findResource(String id) {
    return azure.findResource(id);
  }

  @Override
  public Answer<Progress> changeResource(String id, IdentityChange change) {
    return inLane(id.toLowerCase(Locale.ROOT), () -> azure.changeResource(id, change));
  }

  @Override
  public Answer<Progress> followOperation(String operation, String resourceId) {
    return azure.followOperation(operation, resourceId);
  }

  @Override
  public Answer<List<AzureIdentity>> listIdentities(String scope) {
    return azure.listIdentities(scope);
  }

  @Override
  public Answer<List<FederatedCredential>> listCredentials(IdentityId identity) {
    return azure.listCredentials(identity);
  }

  @Override
  public Answer<List<RoleAssignment>> listRoleAssignments(String scope) {
    return azure.listRoleAssignments(scope);
  }

  @Override
  public Answer<List<AzureResource>> listResources(String scope, String type) {
    return azure.listResources(scope, type);
  }

  /** How many calls wait or are under way in the identity's lane. */
  int inLane(IdentityId id) {
    var lane = lanes.get(id.key());
    return lane == null ? 0 : lane.callers();
  }

  private <T extends @Nullable Object> Answer<T> inLane(String id, Supplier<Answer<T>> call) {
    var lane = enter(id);
    try {
      lane.turn().lockInterruptibly();
      try {
        return call.get();
      } finally {
        lane.turn().unlock();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Answer.Failed<>(
          new Problem.Unreachable(
              "The operator stopped while a write to %s waited for its turn.".formatted(id)),
          Receipt.NONE);
    } finally {
      leave(id);
    }
  }

  private Lane enter(String key) {
    return lanes.merge(key, new Lane(1, new ReentrantLock(true)), (lane, _) -> lane.plus(1));
  }

  private void leave(String key) {
    lanes.computeIfPresent(key, (_, lane) -> lane.callers() == 1 ? null : lane.plus(-1));
  }

  /** A fair lock and who still needs it; gone as soon as nobody does. */
  private record Lane(int callers, ReentrantLock turn) {
    Lane plus(int more) {
      return new Lane(callers + more, turn);
    }
  }
}
