package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.model.Identity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a body asks of an identity. A PUT replaces the tags even when it names none; what the
 * version of the API does not know is ignored.
 */
record IdentityWish(
    Optional<Map<String, String>> tags,
    Optional<String> isolationScope,
    Optional<List<String>> restrictedTo) {
  static final String ISOLATION_SINCE = "2024-11-30";
  static final String RESTRICTIONS_SINCE = "2026-05-31";
  private static final Set<String> ISOLATION_SCOPES = Set.of("None", "Regional");

  static IdentityWish of(ArmCall call, JsonNode body) {
    var isPut = call.request().method().equals("PUT");
    var properties = body.path("properties");
    var restrictions = properties.path("assignmentRestrictions");
    return new IdentityWish(
        isPut || body.has("tags") ? Optional.of(Tags.of(body)) : Optional.empty(),
        call.isAtLeast(ISOLATION_SINCE) ? isolation(properties) : Optional.empty(),
        call.isAtLeast(RESTRICTIONS_SINCE) && restrictions.has("providers")
            ? Optional.of(Json.texts(restrictions, "providers"))
            : Optional.empty());
  }

  private static Optional<String> isolation(JsonNode properties) {
    var given = Json.text(properties, "isolationScope");
    given
        .filter(scope -> !ISOLATION_SCOPES.contains(scope))
        .ifPresent(
            scope -> {
              throw new ArmRefusal(
                  ArmErrors.badRequest(
                      "The value '" + scope + "' of isolationScope is not one of None, Regional."));
            });
    return given;
  }

  Identity applyTo(Identity identity) {
    return tags.map(identity::withTags)
        .orElse(identity)
        .withIsolation(
            isolationScope.orElse(identity.isolationScope()),
            restrictedTo.orElse(identity.restrictedTo()));
  }
}
