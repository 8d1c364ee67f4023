package dev.managedidentity.operator.azure;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Resource id of a user-assigned identity. ARM compares ids without regard to case and answers with
 * its segment names in lower case, so ids are compared as this record, never as text.
 */
public record IdentityId(String subscriptionId, String resourceGroup, String name) {
  private static final Pattern FORM =
      Pattern.compile(
          "/subscriptions/([^/]+)/resourceGroups/([^/]+)/providers"
              + "/Microsoft\\.ManagedIdentity/userAssignedIdentities/([^/]+)",
          Pattern.CASE_INSENSITIVE);

  /** Reads an id as ARM or a status wrote it. */
  public static IdentityId parse(String id) {
    var match = FORM.matcher(id);
    if (!match.matches()) {
      throw new IllegalArgumentException("Not the resource id of a managed identity: " + id);
    }
    return new IdentityId(match.group(1), match.group(2), match.group(3));
  }

  /** Whether both name the same Azure resource. */
  public boolean isSame(IdentityId other) {
    return key().equals(other.key());
  }

  /** A form that is equal for equal resources. */
  public String key() {
    return toString().toLowerCase(Locale.ROOT);
  }

  /** The id as ARM documents it. */
  @Override
  public String toString() {
    return "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.ManagedIdentity/userAssignedIdentities/%s"
        .formatted(subscriptionId, resourceGroup, name);
  }
}
