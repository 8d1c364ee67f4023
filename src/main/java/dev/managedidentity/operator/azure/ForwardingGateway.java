package dev.managedidentity.operator.azure;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes every call on to another gateway, so that one which adds to a few calls, or the same to
 * all, need not repeat the others.
 */
public abstract class ForwardingGateway implements AzureGateway {
  private final AzureGateway azure;

  /** Passes all on to {@code azure}. */
  protected ForwardingGateway(AzureGateway azure) {
    this.azure = azure;
  }

  /** Every call goes through here, under the name of its method: override it to add to all. */
  protected <T extends @Nullable Object> Answer<T> forward(
      String operation, Supplier<Answer<T>> call) {
    return call.get();
  }

  @Override
  public Answer<Optional<AzureIdentity>> findIdentity(IdentityId id) {
    return forward("findIdentity", () -> azure.findIdentity(id));
  }

  @Override
  public Answer<AzureIdentity> writeIdentity(IdentityDefinition definition) {
    return forward("writeIdentity", () -> azure.writeIdentity(definition));
  }

  @Override
  public Answer<@Nullable Void> deleteIdentity(IdentityId id) {
    return forward("deleteIdentity", () -> azure.deleteIdentity(id));
  }

  @Override
  public Answer<@Nullable Void> writeCredential(FederatedCredential credential) {
    return forward("writeCredential", () -> azure.writeCredential(credential));
  }

  @Override
  public Answer<@Nullable Void> deleteCredential(IdentityId identity, String name) {
    return forward("deleteCredential", () -> azure.deleteCredential(identity, name));
  }

  @Override
  public Answer<String> findRole(String scope, String roleName) {
    return forward("findRole", () -> azure.findRole(scope, roleName));
  }

  @Override
  public Answer<Grant> writeRoleAssignment(RoleAssignment assignment) {
    return forward("writeRoleAssignment", () -> azure.writeRoleAssignment(assignment));
  }

  @Override
  public Answer<@Nullable Void> deleteRoleAssignment(String id) {
    return forward("deleteRoleAssignment", () -> azure.deleteRoleAssignment(id));
  }

  @Override
  public Answer<Optional<AzureResource>> findResource(String id) {
    return forward("findResource", () -> azure.findResource(id));
  }

  @Override
  public Answer<Progress> changeResource(String id, IdentityChange change) {
    return forward("changeResource", () -> azure.changeResource(id, change));
  }

  @Override
  public Answer<Progress> followOperation(String operation, String resourceId) {
    return forward("followOperation", () -> azure.followOperation(operation, resourceId));
  }

  @Override
  public Answer<List<AzureIdentity>> listIdentities(String scope) {
    return forward("listIdentities", () -> azure.listIdentities(scope));
  }

  @Override
  public Answer<List<FederatedCredential>> listCredentials(IdentityId identity) {
    return forward("listCredentials", () -> azure.listCredentials(identity));
  }

  @Override
  public Answer<List<RoleAssignment>> listRoleAssignments(String scope) {
    return forward("listRoleAssignments", () -> azure.listRoleAssignments(scope));
  }

  @Override
  public Answer<List<AzureResource>> listResources(String scope, String type) {
    return forward("listResources", () -> azure.listResources(scope, type));
  }
}
