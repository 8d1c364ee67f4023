package dev.managedidentity.operator.plan;

import java.time.Instant;

/**
 * Something in Azure that was changed behind the operator's back and is about to be repaired.
 *
 * @param kind what was changed
 * @param target resource id of the Azure object
 * @param detail what was found and what is done about it, as a sentence
 */
public record Finding(Kind kind, String target, String detail, Instant time) {
  /** What can be changed behind the operator's back. */
  public enum Kind {
    IDENTITY_DELETED("identity-deleted"),
    IDENTITY_RECREATED("identity-recreated"),
    IDENTITY_CHANGED("identity-changed"),
    CREDENTIAL_DELETED("credential-deleted"),
    CREDENTIAL_CHANGED("credential-changed"),
    ROLE_ASSIGNMENT_DELETED("role-assignment-deleted"),
    ROLE_ASSIGNMENT_CHANGED("role-assignment-changed"),
    ASSIGNMENT_REMOVED("assignment-removed"),
    SYSTEM_IDENTITY_DISABLED("system-identity-disabled"),
    SYSTEM_IDENTITY_RECREATED("system-identity-recreated");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The kind as metrics name it. */
    public String label() {
      return label;
    }
  }
}
