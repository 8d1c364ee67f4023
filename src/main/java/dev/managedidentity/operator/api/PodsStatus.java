package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How many pods use a binding; pods without the label of workload identity do not count. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PodsStatus(
    @JsonPropertyDescription("Pods that want the identity and have not ended.") Integer total,
    @JsonPropertyDescription("Those that are not scheduled before the binding is Ready.")
        Integer gated,
    @JsonPropertyDescription(
            "Those that were started without the settings to sign in, or with another client id:"
                + " restart them.")
        Integer stale) {}
