package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Consent: which namespaces may bind an identity. */
@ValidationRule(
    value = "(self.from == 'Selector') == has(self.selector)",
    message = "allowedNamespaces.selector is given exactly when allowedNamespaces.from is Selector",
    fieldPath = ".selector")
public record AllowedNamespaces(
    @Default("Same")
        @JsonPropertyDescription(
            "Same: the identity's own namespace. All: every namespace. Selector: namespaces whose"
                + " labels match the selector, and its own.")
        From from,
    @JsonPropertyDescription(
            "Which namespaces may bind, by their labels; given exactly when from is Selector. An"
                + " empty selector matches every namespace.")
        @Nullable LabelSelector selector) {

  /** Only the identity's own namespace. */
  public static final AllowedNamespaces SAME = new AllowedNamespaces(From.SAME, null);

  /** Fills in what the YAML left out: Jackson passes null for it. */
  public AllowedNamespaces {
    from = from == null ? From.SAME : from;
  }

  /** How far the consent reaches. */
  public enum From {
    /** The identity's own namespace. */
    @JsonProperty("Same")
    SAME,
    /** Every namespace of the cluster. */
    @JsonProperty("All")
    ALL,
    /** Namespaces with matching labels. */
    @JsonProperty("Selector")
    SELECTOR
  }
}
