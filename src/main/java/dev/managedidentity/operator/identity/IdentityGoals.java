package dev.managedidentity.operator.identity;

import static java.util.Objects.requireNonNull;

import dev.managedidentity.operator.api.IsolationScope;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.ManagementPolicy;
import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.identity.IdentityFacts.Goal;
import dev.managedidentity.operator.ownership.DerivedNames;
import dev.managedidentity.operator.ownership.Owner;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the Azure side of a ManagedIdentity should be: its spec, completed by the configuration.
 * Pure.
 *
 * @param cluster id of the cluster, part of names and tags
 */
record IdentityGoals(AzureDefaults defaults, String cluster) {
  /** Whose the identity is, as its tags say. */
  Owner owner(ManagedIdentity resource) {
    var metadata = resource.getMetadata();
    return new Owner(cluster, metadata.getNamespace(), metadata.getName(), metadata.getUid());
  }

  /** The goal; what was decided at the first write stays, whatever the defaults are now. */
  Goal goal(ManagedIdentity resource, ManagedIdentityStatus status) {
    var azureResource = resource.getSpec().azureResource();
    if (azureResource != null) {
      return new Goal.OfResource(azureResource);
    }
    var azureSpec = resource.getSpec().azure();
    var tags = tags(resource);
    var isRegional = azureSpec.isolationScope() == IsolationScope.REGIONAL;
    if (status.resourceId() != null) {
      var region = requireNonNull(status.location(), "named together with the resource");
      return new Goal.Defined(
          new IdentityDefinition(IdentityId.parse(status.resourceId()), region, isRegional, tags));
    }
    var subscription = either(azureSpec.subscriptionId(), defaults.subscriptionId());
    var group = either(azureSpec.resourceGroup(), defaults.resourceGroup());
    var location = either(azureSpec.location(), defaults.location());
    if (subscription == null || group == null || location == null) {
      return new Goal.Undefined(incomplete(subscription, group, location));
    }
    var name = azureSpec.name() == null ? derivedName(resource) : azureSpec.name();
    return new Goal.Defined(
        new IdentityDefinition(
            new IdentityId(subscription, group, name), location, isRegional, tags));
  }

  /** What is claimed as one's own; whoever only observes an identity claims nothing. */
  Optional<String> claim(ManagedIdentity resource, ManagedIdentityStatus status) {
    return resource.getSpec().managementPolicy() != ManagementPolicy.OBSERVE
            && goal(resource, status) instanceof Goal.Defined(var definition)
        ? Optional.of(definition.id().toString())
        : Optional.empty();
  }

  /** The name that nobody else can have; a system-assigned identity is named after its workload. */
  String derivedName(ManagedIdentity resource) {
    var workload = resource.getSpec().workload();
    var owner = owner(resource);
    return workload == null
        ? DerivedNames.identity(owner)
        : DerivedNames.identity(owner, workload.name());
  }

  /** Whether nobody else can have the name of the identity. */
  boolean isDerived(ManagedIdentity resource) {
    return resource.getSpec().azure().name() == null;
  }

  private Map<String, String> tags(ManagedIdentity resource) {
    var tags = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER); // as Azure compares
    tags.putAll(resource.getSpec().azure().tags());
    defaults.tags().forEach(tags::putIfAbsent);
    tags.putAll(owner(resource).tags());
    return tags;
  }

  private static Problem incomplete(
      @Nullable String subscription, @Nullable String group, @Nullable String location) {
    var missing = new LinkedHashMap<String, @Nullable String>();
    missing.put("spec.azure.subscriptionId", subscription);
    missing.put("spec.azure.resourceGroup", group);
    missing.put("spec.azure.location", location);
    missing.values().removeIf(value -> value != null);
    return new Problem.Rejected(
        Reason.CONFIGURATION_INCOMPLETE,
        "Neither the spec nor the operator's configuration says "
            + String.join(", ", missing.keySet())
            + ".");
  }

  private static @Nullable String either(@Nullable String first, @Nullable String second) {
    return first == null ? second : first;
  }
}
