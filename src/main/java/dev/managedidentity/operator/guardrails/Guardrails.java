package dev.managedidentity.operator.guardrails;

import dev.managedidentity.operator.api.LabelSelector;
import dev.managedidentity.operator.plan.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Judges what a namespace asks for. The rules that select the namespace allow together what any one
 * of them allows; a namespace that none selects may have identities in the default subscription and
 * resource group, and nothing else.
 *
 * @param defaultSubscriptionId what a rule without subscriptions allows; null: none
 * @param defaultResourceGroup what a rule without resource groups allows; null: none
 * @param removesRefusedRoles whether a role assignment that is no longer allowed is removed, not
 *     only reported
 */
public record Guardrails(
    List<GuardrailRule> rules,
    @Nullable String defaultSubscriptionId,
    @Nullable String defaultResourceGroup,
    boolean removesRefusedRoles) {
  private static final GuardrailRule BUILT_IN =
      new GuardrailRule(
          "",
          new LabelSelector(Map.of(), List.of()),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  public Guardrails {
    rules = List.copyOf(rules);
  }

  /** Who asks: a namespace and its labels. */
  public record Place(String namespace, Map<String, String> labels) {
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    /** Adds the label with the name, which Kubernetes gives every namespace. */
    public Place {
      var all = new HashMap<>(labels);
      all.put(NAME_LABEL, namespace);
      labels = Map.copyOf(all);
    }
  }

  /** Why the namespace may not have an identity of this name there; empty when it may. */
  public Optional<Problem> identity(
      Place place, String subscriptionId, String resourceGroup, String name) {
    var refusal = new Refusal.OfIdentity(subscriptionId, resourceGroup, name);
    var isReadable =
        List.of(subscriptionId, resourceGroup, name).stream().allMatch(ResourcePath::isPart);
    return isReadable
        ? judge(place, rule -> rule.allowsIdentity(subscriptionId, resourceGroup, name), refusal)
        : Optional.of(refusal.unreadable(place));
  }

  /** Why the namespace may not take over this identity; empty when it may. */
  public Optional<Problem> adoption(Place place, String identityResourceId) {
    return judge(
        place,
        identityResourceId,
        GuardrailRule::allowsAdoption,
        new Refusal.OfAdoption(identityResourceId));
  }

  /** Why the namespace may not grant its identities a role at a scope; empty when it may. */
  public Optional<Problem> role(Place place, String role, String scope) {
    var refusal = new Refusal.OfRole(role, scope);
    var asked = Role.parse(role);
    var path = ResourcePath.parse(scope);
    return asked.isPresent() && path.isPresent()
        ? judge(place, rule -> rule.allowsRole(asked.get(), path.get()), refusal)
        : Optional.of(refusal.unreadable(place));
  }

  /** Why the namespace may not use this Azure resource; empty when it may. */
  public Optional<Problem> resource(Place place, String azureResourceId) {
    return judge(
        place,
        azureResourceId,
        GuardrailRule::allowsResource,
        new Refusal.OfResource(azureResourceId));
  }

  /** Why a binding of the namespace may not name this issuer itself; empty when it may. */
  public Optional<Problem> issuer(Place place, String issuer) {
    var refusal = new Refusal.OfIssuer(issuer);
    return IssuerPath.parse(issuer)
        .map(path -> judge(place, rule -> rule.allowsIssuer(path), refusal))
        .orElseGet(() -> Optional.of(refusal.unreadable(place)));
  }

  private Optional<Problem> judge(
      Place place, String id, BiPredicate<GuardrailRule, ResourcePath> isAllowed, Refusal refusal) {
    return ResourcePath.parse(id)
        .map(path -> judge(place, rule -> isAllowed.test(rule, path), refusal))
        .orElseGet(() -> Optional.of(refusal.unreadable(place)));
  }

  private Optional<Problem> judge(
      Place place, Predicate<GuardrailRule> isAllowed, Refusal refusal) {
    var selecting =
        rules.stream()
            .filter(rule -> rule.namespaces().matches(place.labels()))
            .map(this::withDefaults)
            .toList();
    var counting = selecting.isEmpty() ? List.of(withDefaults(BUILT_IN)) : selecting;
    return counting.stream().anyMatch(isAllowed)
        ? Optional.empty()
        : Optional.of(
            selecting.isEmpty()
                ? refusal.byDefault(place, counting.getFirst())
                : refusal.byRules(place, selecting));
  }

  private GuardrailRule withDefaults(GuardrailRule rule) {
    return rule.withDefaults(defaultSubscriptionId, defaultResourceGroup);
  }
}
