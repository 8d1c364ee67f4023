package dev.managedidentity.operator.guardrails;

import dev.managedidentity.operator.api.AzureSpec;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A role as a spec or a rule names it.
 *
 * @param text name, or GUID of the definition in lower case
 * @param isDefinition whether it is the GUID
 */
record Role(String text, boolean isDefinition) {
  private static final Pattern DEFINITION =
      Pattern.compile(
          "(?i)(?:(?:/subscriptions/%1$s)?/providers/Microsoft[.]Authorization/roleDefinitions/)?(%1$s)"
              .formatted(AzureSpec.GUID));

  /** The role; none for a path that is no role definition's. */
  static Optional<Role> parse(String written) {
    var definition = DEFINITION.matcher(written);
    if (definition.matches()) {
      return Optional.of(new Role(TextPattern.fold(definition.group(2)), true));
    }
    return written.isBlank() || written.startsWith("/")
        ? Optional.empty()
        : Optional.of(new Role(written, false));
  }

  /** Whether an entry of a rule allows this role; a privileged one only when it says so. */
  boolean isAllowedBy(String entry) {
    var privileged = PrivilegedRole.of(this);
    var listed = parse(entry);
    if (privileged.isPresent()) {
      return listed.flatMap(PrivilegedRole::of).equals(privileged);
    }
    var pattern = TextPattern.of(entry);
    return pattern.isEverything()
        || listed
            .filter(other -> other.isDefinition == isDefinition)
            .filter(other -> isDefinition ? other.equals(this) : pattern.matches(text))
            .isPresent();
  }
}
