package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the identity in Azure came to be this resource's. */
public enum Ownership {
  /** The operator created it. */
  @JsonProperty("Created")
  CREATED,
  /** It was there before and was taken over. */
  @JsonProperty("Adopted")
  ADOPTED,
  /** It was only looked at: nothing of it was ever written or will be removed. */
  @JsonProperty("Observed")
  OBSERVED
}
