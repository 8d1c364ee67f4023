package dev.managedidentity.operator.azure;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What kind of resource an id names, in lower case: that of its last provider, since a resource may
 * extend one of another provider.
 *
 * @param type such as virtualmachines, or sites/slots for a resource within another
 */
public record ResourceType(String subscriptionId, String namespace, String type) {
  private static final Pattern FORM =
      Pattern.compile("/subscriptions/([^/]+)(?:/.*)?/providers/([^/]+)/(.+)");

  /** The type of the resource with this id; nothing when it is no id of a resource. */
  public static Optional<ResourceType> of(String id) {
    var match = FORM.matcher(id.toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      return Optional.empty();
    }
    var segments = match.group(3).split("/", -1);
    var types = new ArrayList<String>();
    for (var i = 0; i < segments.length; i += 2) {
      types.add(segments[i]);
    }
    return segments.length % 2 == 0
        ? Optional.of(new ResourceType(match.group(1), match.group(2), String.join("/", types)))
        : Optional.empty();
  }

  /** As Azure writes it, such as microsoft.compute/virtualmachines. */
  @Override
  public String toString() {
    return namespace + "/" + type;
  }
}
