package dev.managedidentity.operator.azure;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An Azure resource that can have identities, and those that it has.
 *
 * @param id resource id as it was asked for
 * @param principalId of its system-assigned identity; null when that is not enabled
 * @param tenantId of its system-assigned identity; null when that is not enabled
 * @param userAssigned resource ids of the identities assigned to it, in lower case
 */
public record AzureResource(
    String id, @Nullable String principalId, @Nullable String tenantId, Set<String> userAssigned) {
  public AzureResource {
    userAssigned = Set.copyOf(userAssigned);
  }

  /** The same with ids as Azure may have written them. */
  public static AzureResource of(
      String id,
      @Nullable String principalId,
      @Nullable String tenantId,
      Collection<String> userAssigned) {
    var keys = new TreeSet<String>();
    userAssigned.forEach(identity -> keys.add(identity.toLowerCase(Locale.ROOT)));
    return new AzureResource(id, principalId, tenantId, keys);
  }

  /** Whether its own system-assigned identity is enabled. */
  public boolean isSystemAssigned() {
    return principalId != null;
  }

  /** Whether the identity is assigned to it. */
  public boolean has(IdentityId identity) {
    return userAssigned.contains(identity.key());
  }
}
