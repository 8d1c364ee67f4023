package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** How federated credentials are spread over Azure identities. */
public record FederationSpec(
    @Default("Refuse")
        @JsonPropertyDescription(
            "What happens when the identity has 20 federated credentials, all that Azure allows."
                + " Refuse: further bindings are refused. Shard: further identities are made, named"
                + " NAME-2, NAME-3 and so on, with the same tags and role assignments; each binding"
                + " shows the client id that is its own.")
        Overflow overflow) {

  /** What the YAML means when it says nothing. */
  public static final FederationSpec DEFAULTS = new FederationSpec(Overflow.REFUSE);

  /** Fills in what the YAML left out: Jackson passes null for it. */
  public FederationSpec {
    overflow = overflow == null ? Overflow.REFUSE : overflow;
  }

  /** What happens when an identity is full. */
  public enum Overflow {
    /** Further bindings are refused. */
    @JsonProperty("Refuse")
    REFUSE,
    /** Further identities are made. */
    @JsonProperty("Shard")
    SHARD
  }
}
