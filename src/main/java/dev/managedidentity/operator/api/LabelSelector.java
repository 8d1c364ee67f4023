package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** A label selector, with the meaning that Kubernetes gives it everywhere. */
public record LabelSelector(
    @Size(max = 32)
        @ValidationRule(value = LABEL_KEYS, message = LABEL_KEYS_MESSAGE)
        @ValidationRule(value = LABEL_VALUES, message = LABEL_VALUES_MESSAGE)
        @JsonPropertyDescription("Labels that must all be present with exactly these values.")
        Map<String, @Size(max = KubernetesNames.LABEL_VALUE_LENGTH) String> matchLabels,
    @Size(max = 32) @JsonPropertyDescription("Requirements that must all hold.")
        List<Requirement> matchExpressions) {

  static final String LABEL_KEYS =
      "self.all(k, k.size() <= 317 && k.matches(" + KubernetesNames.LABEL_KEY_FORM + "))";
  static final String LABEL_KEYS_MESSAGE =
      "matchLabels has names of labels, such as team or example.com/team, as its keys";
  static final String LABEL_VALUES =
      "self.all(k, self[k].matches(" + KubernetesNames.LABEL_VALUE_FORM + "))";
  static final String LABEL_VALUES_MESSAGE =
      "matchLabels has values of labels, at most 63 letters, digits, '-', '_' or '.', as its"
          + " values";

  /** Fills in what the YAML left out: Jackson passes null for it. */
  public LabelSelector {
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
  @JsonClassDescription("A requirement on one label.")
  @ValidationRule(
      value = "(self.operator in ['In', 'NotIn']) == (has(self.values) && self.values.size() > 0)",
      message = "values is given exactly when operator is In or NotIn",
      fieldPath = ".values")
  public record Requirement(
      @Required
          @Size(max = KubernetesNames.LABEL_KEY_LENGTH)
          @ValidationRule(
              value = "self.matches(" + KubernetesNames.LABEL_KEY_FORM + ")",
              message = "key is the name of a label, such as team or example.com/team")
          @JsonPropertyDescription("Name of the label.")
          String key,
      @Required
          @JsonPropertyDescription(
              "In: the label has one of the values. NotIn: it is absent or has none of them."
                  + " Exists: it is present. DoesNotExist: it is absent.")
          Operator operator,
      @Size(max = 64)
          @ValidationRule(
              value = "self.all(v, v.matches(" + KubernetesNames.LABEL_VALUE_FORM + "))",
              message = "values has values of labels: at most 63 letters, digits, '-', '_' or '.'")
          @JsonPropertyDescription("Values to compare with; given exactly for In and NotIn.")
          List<@Size(max = KubernetesNames.LABEL_VALUE_LENGTH) String> values) {

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
