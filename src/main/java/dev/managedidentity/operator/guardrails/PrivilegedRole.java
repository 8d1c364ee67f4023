package dev.managedidentity.operator.guardrails;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Built-in roles that can grant roles, so that whoever has one has everything below its scope. */
enum PrivilegedRole {
  OWNER("Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"),
  USER_ACCESS_ADMINISTRATOR("User Access Administrator", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"),
  ROLE_BASED_ACCESS_CONTROL_ADMINISTRATOR(
      "Role Based Access Control Administrator", "f58310d9-a9f6-439a-9e8d-f62e7b41a168");

  private final String roleName;
  private final String definition;

  PrivilegedRole(String roleName, String definition) {
    this.roleName = roleName;
    this.definition = definition;
  }

  static Optional<PrivilegedRole> of(Role role) {
    return Arrays.stream(values())
        .filter(
            known ->
                role.isDefinition()
                    ? known.definition.equals(role.text())
                    : skeleton(known.roleName).equals(skeleton(role.text())))
        .findFirst();
  }

  /**
   * A form that is equal for all texts that any comparison may call equal: without case, accents,
   * invisible letters and runs of spaces. Rather too much is privileged than too little.
   */
  private static String skeleton(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("[\\s\\p{Z}]+", " ")
        .replaceAll("[\\p{M}\\p{C}]+", "")
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT)
        .strip();
  }

  /** The name of the role in Azure. */
  @Override
  public String toString() {
    return roleName;
  }
}
