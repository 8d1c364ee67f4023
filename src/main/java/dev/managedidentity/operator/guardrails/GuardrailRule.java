package dev.managedidentity.operator.guardrails;

import dev.managedidentity.operator.api.LabelSelector;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the namespaces that a selector matches may have in Azure.
 *
 * @param subscriptions of identities; empty: the default subscription alone
 * @param resourceGroups of identities, as patterns; empty: the default resource group alone
 * @param names of identities, as patterns; empty: any
 * @param adoptable resource ids of identities that may be taken over, as patterns or prefixes
 * @param roles that may be granted, as names, name patterns or ids of definitions
 * @param scopes at which {@code roles} may be granted, and everything below them
 * @param azureResources to which identities may be assigned or whose own identity may be used, as
 *     patterns or prefixes of their ids
 * @param issuers of other subjects than the cluster's own service accounts, as patterns
 */
public record GuardrailRule(
    String name,
    LabelSelector namespaces,
    List<String> subscriptions,
    List<String> resourceGroups,
    List<String> names,
    List<String> adoptable,
    List<String> roles,
    List<String> scopes,
    List<String> azureResources,
    List<String> issuers) {

  /** Refuses texts that are not what their place demands. */
  public GuardrailRule {
    subscriptions = checked(subscriptions, PatternForm.SUBSCRIPTION);
    resourceGroups = checked(resourceGroups, PatternForm.RESOURCE_GROUP);
    names = checked(names, PatternForm.NAME);
    adoptable = checked(adoptable, PatternForm.RESOURCE);
    roles = checked(roles, PatternForm.ROLE);
    scopes = checked(scopes, PatternForm.SCOPE);
    azureResources = checked(azureResources, PatternForm.RESOURCE);
    issuers = checked(issuers, PatternForm.ISSUER);
  }

  /** The rule in which no list is empty that means the default. */
  GuardrailRule withDefaults(@Nullable String subscriptionId, @Nullable String resourceGroup) {
    return new GuardrailRule(
        name,
        namespaces,
        orDefault(subscriptions, subscriptionId),
        orDefault(resourceGroups, resourceGroup),
        names,
        adoptable,
        roles,
        scopes,
        azureResources,
        issuers);
  }

  boolean allowsIdentity(String subscriptionId, String resourceGroup, String identity) {
    return anyMatches(subscriptions, subscriptionId)
        && anyMatches(resourceGroups, resourceGroup)
        && (names.isEmpty() || anyMatches(names, identity));
  }

  boolean allowsAdoption(ResourcePath identity) {
    return anyCovers(adoptable, identity);
  }

  boolean allowsRole(Role role, ResourcePath scope) {
    return roles.stream().anyMatch(role::isAllowedBy) && anyCovers(scopes, scope);
  }

  boolean allowsResource(ResourcePath resource) {
    return anyCovers(azureResources, resource);
  }

  boolean allowsIssuer(IssuerPath issuer) {
    return issuers.stream().anyMatch(issuer::isAllowedBy);
  }

  private static List<String> orDefault(List<String> listed, @Nullable String absent) {
    return listed.isEmpty() && absent != null ? List.of(absent) : listed;
  }

  private static boolean anyMatches(List<String> patterns, String text) {
    return patterns.stream().map(TextPattern::of).anyMatch(pattern -> pattern.matches(text));
  }

  private static boolean anyCovers(List<String> patterns, ResourcePath path) {
    return patterns.stream().map(ResourcePattern::of).anyMatch(pattern -> pattern.covers(path));
  }

  private static List<String> checked(List<String> texts, PatternForm form) {
    texts.stream()
        .filter(Predicate.not(form::isMetBy))
        .findFirst()
        .ifPresent(
            text -> {
              throw new IllegalArgumentException(
                  "\"%s\" is not %s".formatted(text, form.allowed()));
            });
    return List.copyOf(texts);
  }
}
