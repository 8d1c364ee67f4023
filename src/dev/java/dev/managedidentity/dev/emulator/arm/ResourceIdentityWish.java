package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a body asks of a resource's identities.
 *
 * @param added the identities that are named with an object
 * @param removed the identities that are named with null
 * @param isReplacement whether identities that are not named go, as with PUT
 */
record ResourceIdentityWish(
    boolean systemAssigned,
    boolean userAssigned,
    List<Scope> added,
    List<Scope> removed,
    boolean isReplacement) {
  private static final Pattern IDENTITY =
      Pattern.compile(
          "/subscriptions/[^/]+/resourcegroups/[^/]+/providers/microsoft\\.managedidentity"
              + "/userassignedidentities/[^/]+",
          Pattern.CASE_INSENSITIVE);
  private static final String MAP = "userAssignedIdentities";

  ResourceIdentityWish {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }

  /** The wish of a body; empty when a PATCH does not speak of identities. */
  static Optional<ResourceIdentityWish> of(Scope resource, JsonNode body, boolean isPut) {
    var block = body.path("identity");
    if (block.isMissingNode() || block.isNull()) {
      return isPut
          ? Optional.of(new ResourceIdentityWish(false, false, List.of(), List.of(), true))
          : Optional.empty();
    }
    var type =
        Json.text(block, "type")
            .orElseThrow(() -> new ArmRefusal(ResourceErrors.identityTypeMissing()));
    var words = type.replace(" ", "");
    boolean both = words.equalsIgnoreCase("SystemAssigned,UserAssigned");
    boolean system = both || words.equalsIgnoreCase("SystemAssigned");
    boolean user = both || words.equalsIgnoreCase("UserAssigned");
    if (!system && !user && !words.equalsIgnoreCase("None")) {
      throw new ArmRefusal(ResourceErrors.identityTypeUnknown(type));
    }
    if (!user && block.hasNonNull(MAP)) {
      throw new ArmRefusal(ResourceErrors.identitiesNotExpected(resource));
    }
    return Optional.of(
        new ResourceIdentityWish(system, user, named(block, false), named(block, true), isPut));
  }

  private static List<Scope> named(JsonNode block, boolean asNull) {
    var named = new ArrayList<Scope>();
    for (var entry : block.path(MAP).properties()) {
      if (!IDENTITY.matcher(entry.getKey()).matches()) {
        throw new ArmRefusal(ResourceErrors.invalidIdentityId(entry.getKey()));
      }
      if (entry.getValue().isNull() == asNull) {
        named.add(new Scope(entry.getKey()));
      }
    }
    return named;
  }
}
