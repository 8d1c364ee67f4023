package dev.managedidentity.operator.azure;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that the operator ever asks of Azure. A method is one ARM call where nothing else is said; it
 * blocks until it is answered, never retries and never throws for what Azure can answer.
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

  /**
   * What the role definition with this resource id allows; remembered, so that any number of its
   * assignments cost one call.
   */
  Answer<List<Permission>> findRolePermissions(String roleDefinitionId);

  /** Makes the assignment, which may be there already, also under another name. */
  Answer<Grant> writeRoleAssignment(RoleAssignment assignment);

  /** Deletes the assignment with this resource id; done also when it did not exist. */
  Answer<@Nullable Void> deleteRoleAssignment(String id);

  /** The Azure resource with this id and the identities it has, or nothing. */
  Answer<Optional<AzureResource>> findResource(String id);

  /**
   * Reads the resource and, if need be, changes its identities: two ARM calls. Never two at once on
   * one resource. A resource that does not exist is {@link
   * dev.managedidentity.operator.plan.Reason#AZURE_RESOURCE_NOT_FOUND}.
   */
  Answer<Progress> changeResource(String id, IdentityChange change);

  /** Asks how far an operation on a resource is; two ARM calls when it has finished. */
  Answer<Progress> followOperation(String operation, String resourceId);

  /** All identities of a subscription or resource group, by its id; a call for each page. */
  Answer<List<AzureIdentity>> listIdentities(String scope);

  /** All credentials of an identity; a call for each page. Empty when there is no identity. */
  Answer<List<FederatedCredential>> listCredentials(IdentityId identity);

  /** All role assignments at a scope and below it; a call for each page. */
  Answer<List<RoleAssignment>> listRoleAssignments(String scope);

  /**
   * All resources of a type in a subscription or resource group, each with its identities; a call
   * for each page.
   *
   * @param type such as Microsoft.Compute/virtualMachines
   */
  Answer<List<AzureResource>> listResources(String scope, String type);

  /** Whose the assignment is that now grants the role. */
  enum Grant {
    /** The one we named. */
    OURS,
    /** One with the same role, scope and principal that somebody else made. */
    FOREIGN
  }
}
