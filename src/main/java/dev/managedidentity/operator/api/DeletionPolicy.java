package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of the Azure objects when the resource is deleted. */
public enum DeletionPolicy {
  /** They are removed. */
  @JsonProperty("Delete")
  DELETE,
  /** They stay. */
  @JsonProperty("Retain")
  RETAIN
}
