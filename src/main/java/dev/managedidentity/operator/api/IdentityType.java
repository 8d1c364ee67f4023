package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The types of managed identity that Azure knows. */
public enum IdentityType {
  /** A resource of its own, shared and deleted explicitly. */
  @JsonProperty("UserAssigned")
  USER_ASSIGNED
}
