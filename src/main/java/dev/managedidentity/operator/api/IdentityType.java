package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Azure's types of managed identity. */
public enum IdentityType {
  /** Stand-alone, shareable, deleted explicitly. */
  @JsonProperty("UserAssigned")
  USER_ASSIGNED,
  /** Tied to the life of its owner, which alone can use it. */
  @JsonProperty("SystemAssigned")
  SYSTEM_ASSIGNED
}
