package dev.managedidentity.operator.guardrails;

import dev.managedidentity.operator.guardrails.Guardrails.Place;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
import java.util.stream.Collectors;

/** Says what is refused to whom, which rules were looked at, and what they do allow. */
sealed interface Refusal {
  /** What was asked for, as the beginning of a sentence. */
  String wish();

  /** What a rule allows of this kind, as the end of a sentence. */
  String allowed(GuardrailRule rule);

  /** What else must be known to understand the refusal, as a sentence; may be empty. */
  default String remark() {
    return "";
  }

  /** Why it cannot be read with certainty, as a sentence. */
  default String whyUnreadable() {
    return "It is not written as Azure writes ids.";
  }

  /** The refusal where rules select the namespace. */
  default Problem byRules(Place place, List<GuardrailRule> rules) {
    return problem(
        place,
        rules.stream()
                .limit(Words.MOST)
                .map(rule -> "Rule %s allows %s.".formatted(rule.name(), allowed(rule)))
                .collect(Collectors.joining(" "))
            + (rules.size() > Words.MOST
                ? " Nor do %d further rules.".formatted(rules.size() - Words.MOST)
                : ""));
  }

  /** The refusal where no rule selects the namespace. */
  default Problem byDefault(Place place, GuardrailRule builtIn) {
    return problem(
        place,
        "No guardrail rule selects the namespace, and the default allows %s."
            .formatted(allowed(builtIn)));
  }

  /** The refusal of what cannot be read with certainty, whatever the rules are. */
  default Problem unreadable(Place place) {
    return problem(place, whyUnreadable());
  }

  private Problem problem(Place place, String why) {
    return new Problem.Refused(
        Reason.GUARDRAIL,
        "%s is not allowed in namespace %s. %s%s"
            .formatted(wish(), place.namespace(), remark(), why));
  }

  /** An identity of a name at a place. */
  record OfIdentity(String subscriptionId, String resourceGroup, String name) implements Refusal {
    @Override
    public String wish() {
      return "Identity %s in resource group %s of subscription %s"
          .formatted(
              Words.shorten(name), Words.shorten(resourceGroup), Words.shorten(subscriptionId));
    }

    @Override
    public String allowed(GuardrailRule rule) {
      if (rule.subscriptions().isEmpty() || rule.resourceGroups().isEmpty()) {
        return "none, for the configuration has no default subscription or resource group";
      }
      return "identities %s in resource group %s of subscription %s"
          .formatted(
              rule.names().isEmpty() ? "of any name" : "named " + Words.list(rule.names()),
              Words.list(rule.resourceGroups()),
              Words.list(rule.subscriptions()));
    }
  }

  /** An existing identity to be taken over. */
  record OfAdoption(String id) implements Refusal {
    @Override
    public String wish() {
      return "Taking over " + Words.shorten(id);
    }

    @Override
    public String allowed(GuardrailRule rule) {
      return rule.adoptable().isEmpty()
          ? "no identity to be taken over"
          : "to take over " + Words.list(rule.adoptable());
    }
  }

  /** A role at a scope. */
  record OfRole(String role, String scope) implements Refusal {
    @Override
    public String wish() {
      return "Role %s at %s".formatted(Words.shorten(role), Words.shorten(scope));
    }

    @Override
    public String remark() {
      return Role.parse(role)
          .flatMap(PrivilegedRole::of)
          .map("%s is privileged: a rule must name it, without wildcard. "::formatted)
          .orElse("");
    }

    @Override
    public String allowed(GuardrailRule rule) {
      return rule.roles().isEmpty() || rule.scopes().isEmpty()
          ? "no role"
          : "%s at %s".formatted(Words.list(rule.roles()), Words.list(rule.scopes()));
    }
  }

  /** An Azure resource that is to use an identity, or whose own identity is asked for. */
  record OfResource(String id) implements Refusal {
    @Override
    public String wish() {
      return "Azure resource " + Words.shorten(id);
    }

    @Override
    public String allowed(GuardrailRule rule) {
      return rule.azureResources().isEmpty()
          ? "no Azure resource"
          : Words.list(rule.azureResources());
    }
  }

  /** An issuer that a binding names. */
  record OfIssuer(String issuer) implements Refusal {
    @Override
    public String wish() {
      return "Issuer " + Words.shorten(issuer);
    }

    @Override
    public String whyUnreadable() {
      return "It is no https URL of a plain host name and path.";
    }

    @Override
    public String allowed(GuardrailRule rule) {
      return rule.issuers().isEmpty() ? "no issuer" : Words.list(rule.issuers());
    }
  }
}
