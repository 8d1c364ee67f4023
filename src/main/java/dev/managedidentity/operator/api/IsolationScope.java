package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far an identity may be used from its own region. */
public enum IsolationScope {
  /** From every region. */
  @JsonProperty("None")
  NONE,
  /** From its own region only. */
  @JsonProperty("Regional")
  REGIONAL
}
