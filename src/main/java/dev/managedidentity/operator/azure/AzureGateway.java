package dev.managedidentity.operator.azure;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that the operator ever asks of Azure. Each method is one ARM call, blocks until it is
 * answered, never retries and never throws for what Azure can answer.
 */
public interface AzureGateway {
  /** The identity with this id, or nothing. */
  Answer<Optional<AzureIdentity>> findIdentity(IdentityId id);

  /** Creates the identity or makes it as defined. */
  Answer<AzureIdentity> writeIdentity(IdentityDefinition definition);

  /** Deletes the identity; done also when it did not exist. */
  Answer<@Nullable Void> deleteIdentity(IdentityId id);

  /** Creates the credential or makes it as given. Never two at once on one identity. */
  Answer<@Nullable Void> writeCredential(FederatedCredential credential);

  /** Deletes the credential; done also when it or its identity did not exist. */
  Answer<@Nullable Void> deleteCredential(IdentityId identity, String name);

  /** Resource id of the role definition with this name that applies at the scope. */
  Answer<String> findRole(String scope, String roleName);

  /** Makes the assignment, which may be there already, also under another name. */
  Answer<Grant> writeRoleAssignment(RoleAssignment assignment);

  /** Deletes the assignment with this resource id; done also when it did not exist. */
  Answer<@Nullable Void> deleteRoleAssignment(String id);

  /** Whose the assignment is that now grants the role. */
  enum Grant {
    /** The one we named. */
    OURS,
    /** One with the same role, scope and principal that somebody else made. */
    FOREIGN
  }
}
