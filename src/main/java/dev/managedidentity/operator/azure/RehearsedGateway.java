package dev.managedidentity.operator.azure;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An Azure that says yes to every write and does nothing: what a plan would come to can be found
 * out with it, by those who carry out plans. It is never asked to read.
 *
 * @param principalId of what is there already; null: what would be made gets a made-up one
 */
public record RehearsedGateway(@Nullable String principalId) implements AzureGateway {
  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  @Override
  public Answer<AzureIdentity> writeIdentity(IdentityDefinition definition) {
    return done(
        new AzureIdentity(
            definition.id(),
            NOBODY,
            principal(),
            NOBODY,
            definition.location(),
            definition.isRegional(),
            definition.tags()));
  }

  @Override
  public Answer<@Nullable Void> deleteIdentity(IdentityId id) {
    return done(null);
  }

  @Override
  public Answer<@Nullable Void> writeCredential(FederatedCredential credential) {
    return done(null);
  }

  @Override
  public Answer<@Nullable Void> deleteCredential(IdentityId identity, String name) {
    return done(null);
  }

  @Override
  public Answer<Grant> writeRoleAssignment(RoleAssignment assignment) {
    return done(Grant.OURS);
  }

  @Override
  public Answer<@Nullable Void> deleteRoleAssignment(String id) {
    return done(null);
  }

  @Override
  public Answer<Progress> changeResource(String id, IdentityChange change) {
    return done(new Progress.Finished(AzureResource.of(id, principal(), NOBODY, List.of())));
  }

  @Override
  public Answer<Progress> followOperation(String operation, String resourceId) {
    return done(
        new Progress.Finished(AzureResource.of(resourceId, principal(), NOBODY, List.of())));
  }

  @Override
  public Answer<Optional<AzureIdentity>> findIdentity(IdentityId id) {
    throw unread();
  }

  @Override
  public Answer<String> findRole(String scope, String roleName) {
    throw unread();
  }

  @Override
  public Answer<List<Permission>> findRolePermissions(String roleDefinitionId) {
    throw unread();
  }

  @Override
  public Answer<Optional<AzureResource>> findResource(String id) {
    throw unread();
  }

  @Override
  public Answer<List<AzureIdentity>> listIdentities(String scope) {
    throw unread();
  }

  @Override
  public Answer<List<FederatedCredential>> listCredentials(IdentityId identity) {
    throw unread();
  }

  @Override
  public Answer<List<RoleAssignment>> listRoleAssignments(String scope) {
    throw unread();
  }

  @Override
  public Answer<List<AzureResource>> listResources(String scope, String type) {
    throw unread();
  }

  private String principal() {
    return principalId == null ? NOBODY : principalId;
  }

  private static <T extends @Nullable Object> Answer<T> done(T value) {
    return new Answer.Done<>(value, Receipt.NONE);
  }

  private static IllegalStateException unread() {
    return new IllegalStateException("A rehearsal knows its facts; it does not read");
  }
}
