package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of workloads whose pods run with settings of the past. */
public enum Rollout {
  /** They are left alone, and named. */
  @JsonProperty("Never")
  NEVER,
  /** They are restarted, once for each client id. */
  @JsonProperty("Restart")
  RESTART
}
