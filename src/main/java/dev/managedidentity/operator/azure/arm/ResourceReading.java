package dev.managedidentity.operator.azure.arm;

import com.azure.core.http.HttpHeaderName;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.IdentityChange;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.arm.ArmReply.Answered;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A resource as Azure answered it, with all that a change of its identities must leave alone.
 *
 * @param type of its identities, as the provider writes it; empty when it has none
 * @param assigned resource ids of its user-assigned identities as the provider writes them
 * @param state of the provider's work on it; null when it does not say
 * @param etag that a change may be bound to; null when the provider has none
 */
record ResourceReading(
    AzureResource resource,
    String type,
    Set<String> assigned,
    @Nullable String state,
    @Nullable String etag) {
  private static final Set<String> SETTLED = Set.of("succeeded", "failed", "canceled");

  ResourceReading {
    assigned = Set.copyOf(assigned);
  }

  static ResourceReading of(String id, Answered reply) throws IOException {
    var object = reply.object();
    var etag = reply.headers().getValue(HttpHeaderName.ETAG);
    var identity = object.object("identity");
    var type = identity.text("type");
    return new ResourceReading(
        Readings.resource(id, object),
        type == null ? "" : type,
        identity.object("userAssignedIdentities").names(),
        object.object("properties").text("provisioningState"),
        etag == null ? object.text("etag") : etag);
  }

  /** Whether the provider is at work on it. */
  boolean isAtWork() {
    return state != null && !SETTLED.contains(state.toLowerCase(Locale.ROOT));
  }

  /** Whether it has the same identities as the other, in the same words. */
  boolean isLike(ResourceReading other) {
    return resource.equals(other.resource) && type.equals(other.type);
  }

  /** Whether all that was there before a change, and was not to be changed, is still there. */
  boolean keeps(ResourceReading before, IdentityChange change) {
    var isSystemKept =
        change instanceof IdentityChange.Disable
            || !before.resource.isSystemAssigned()
            || resource.isSystemAssigned();
    return isSystemKept
        && before.resource.userAssigned().stream()
            .filter(id -> !isUnassigned(id, change))
            .allMatch(resource.userAssigned()::contains);
  }

  /** The body that makes the change and no other. */
  IdentityPatch patch(IdentityChange change) {
    Map<String, Boolean> identities = new TreeMap<>();
    assigned.forEach(id -> identities.put(id, !isUnassigned(id, change)));
    var isSystemAssigned = type.toLowerCase(Locale.ROOT).contains("systemassigned");
    switch (change) {
      case IdentityChange.Assign(IdentityId identity) -> identities.put(identity.toString(), true);
      case IdentityChange.Unassign _ -> {}
      case IdentityChange.Enable _ -> isSystemAssigned = true;
      case IdentityChange.Disable _ -> isSystemAssigned = false;
    }
    return new IdentityPatch(isSystemAssigned, identities);
  }

  private static boolean isUnassigned(String id, IdentityChange change) {
    return change instanceof IdentityChange.Unassign(IdentityId identity)
        && identity.key().equals(id.toLowerCase(Locale.ROOT));
  }
}
