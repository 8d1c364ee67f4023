package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** Service accounts by their labels: a label selector, and what is done with the accounts. */
public record ServiceAccountSelector(
    @Size(max = 32)
        @ValidationRule(
            value = LabelSelector.LABEL_KEYS,
            message = LabelSelector.LABEL_KEYS_MESSAGE)
        @ValidationRule(
            value = LabelSelector.LABEL_VALUES,
            message = LabelSelector.LABEL_VALUES_MESSAGE)
        @JsonPropertyDescription("Labels that must all be present with exactly these values.")
        Map<String, @Size(max = KubernetesNames.LABEL_VALUE_LENGTH) String> matchLabels,
    @Size(max = 32) @JsonPropertyDescription("Requirements that must all hold.")
        List<LabelSelector.Requirement> matchExpressions,
    @Default("true")
        @JsonPropertyDescription(
            "Whether the operator sets the annotations of azure-workload-identity on each of the"
                + " service accounts.")
        Boolean annotate) {

  /** Fills in what the YAML left out: Jackson passes null for it. */
  public ServiceAccountSelector {
    matchLabels = matchLabels == null ? Map.of() : Map.copyOf(matchLabels);
    matchExpressions = matchExpressions == null ? List.of() : List.copyOf(matchExpressions);
    annotate = annotate == null || annotate;
  }

  /** Whether a service account with these labels is meant; without any labels all are. */
  public boolean matches(Map<String, String> labels) {
    return new LabelSelector(matchLabels, matchExpressions).matches(labels);
  }
}
