package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far the operator goes with an identity. */
public enum ManagementPolicy {
  /** It is created and kept as asked; one that somebody else made is left alone. */
  @JsonProperty("Manage")
  MANAGE,
  /** One that somebody else made is taken over. */
  @JsonProperty("Adopt")
  ADOPT,
  /** Nothing is written; the status says what would be. */
  @JsonProperty("Observe")
  OBSERVE
}
