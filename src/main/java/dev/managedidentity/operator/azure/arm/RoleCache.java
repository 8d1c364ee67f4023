package dev.managedidentity.operator.azure.arm;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Permission;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Remembers which role definition a name means and what a definition allows, so that any number of
 * callers at any scopes of a subscription cost one look-up.
 *
 * <p>A name means the same definition in the whole tenant; whether it may be assigned at a scope is
 * for Azure to say when it is.
 */
final class RoleCache {
  private static final Pattern ROOT =
      Pattern.compile(
          "/subscriptions/[^/]+|/providers/microsoft\\.management/managementgroups/[^/]+");

  private final SharedLookUps<Key, String> lookUps;
  private final SharedLookUps<String, List<Permission>> definitions;

  RoleCache(InstantSource clock) {
    this.lookUps = new SharedLookUps<>(clock, "a role");
    this.definitions = new SharedLookUps<>(clock, "what a role allows");
  }

  /** The remembered answer, or that of the look-up, which one of all waiting callers makes. */
  Answer<String> find(String scope, String roleName, Supplier<Answer<String>> lookUp) {
    return lookUps.find(Key.of(scope, roleName), lookUp);
  }

  /** The same for what a definition, by its id, allows. */
  Answer<List<Permission>> permissions(
      String definitionId, Supplier<Answer<List<Permission>>> lookUp) {
    return definitions.find(definitionId.toLowerCase(Locale.ROOT), lookUp);
  }

  /** Where custom roles are looked up, and the name as Azure compares it. */
  private record Key(String root, String roleName) {
    static Key of(String scope, String roleName) {
      var lower = scope.toLowerCase(Locale.ROOT);
      var match = ROOT.matcher(lower);
      return new Key(match.lookingAt() ? match.group() : lower, roleName.toLowerCase(Locale.ROOT));
    }
  }
}
