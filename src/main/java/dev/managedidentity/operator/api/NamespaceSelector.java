package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** A label selector over namespaces, with the meaning that Kubernetes gives it everywhere. */
public record NamespaceSelector(
    @Size(max = 32)
        @JsonPropertyDescription("Labels that must all be present with exactly these values.")
        Map<String, String> matchLabels,
    @Size(max = 32) @JsonPropertyDescription("Requirements that must all hold.")
        List<Requirement> matchExpressions) {

  /** Fills in what the YAML left out: Jackson passes null for it. */
  public NamespaceSelector {
    matchLabels = matchLabels == null ? Map.of() : Map.copyOf(matchLabels);
    matchExpressions = matchExpressions == null ? List.of() : List.copyOf(matchExpressions);
  }

  /** Whether labels satisfy every part of the selector; an empty selector matches everything. */
  public boolean matches(Map<String, String> labels) {
    return matchLabels.entrySet().stream()
            .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
        && matchExpressions.stream().allMatch(requirement -> requirement.matches(labels));
  }

  /** One requirement on one label. */
  @ValidationRule(
      value = "(self.operator in ['In', 'NotIn']) == (has(self.values) && self.values.size() > 0)",
      message = "values are given exactly with the operators In and NotIn")
  public record Requirement(
      @Required @Size(min = 1, max = 317) @JsonPropertyDescription("Name of the label.") String key,
      @Required @JsonPropertyDescription("In, NotIn, Exists or DoesNotExist.") Operator operator,
      @Size(max = 64) @JsonPropertyDescription("Values to compare with; only for In and NotIn.")
          List<String> values) {

    /** Fills in what the YAML left out: Jackson passes null for it. */
    public Requirement {
      values = values == null ? List.of() : List.copyOf(values);
    }

    boolean matches(Map<String, String> labels) {
      var value = labels.get(key);
      return switch (operator) {
        case IN -> value != null && values.contains(value);
        case NOT_IN -> value == null || !values.contains(value);
        case EXISTS -> value != null;
        case DOES_NOT_EXIST -> value == null;
      };
    }
  }

  /** How a requirement compares. */
  public enum Operator {
    /** The label has one of the values. */
    @JsonProperty("In")
    IN,
    /** The label is absent or has none of the values. */
    @JsonProperty("NotIn")
    NOT_IN,
    /** The label is present. */
    @JsonProperty("Exists")
    EXISTS,
    /** The label is absent. */
    @JsonProperty("DoesNotExist")
    DOES_NOT_EXIST
  }
}
