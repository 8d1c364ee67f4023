package dev.managedidentity.dev.emulator.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A place in the tree of Azure: the tenant's root, a subscription, a resource group or a resource.
 *
 * <p>{@code path} has one leading slash, none at the end, and is empty for the root. Compare scopes
 * by {@link #key()}, never by their text.
 */
public record Scope(String path) {
  public static final Scope ROOT = new Scope("");
  private static final String MANAGEMENT_GROUPS =
      "/providers/Microsoft.Management/managementGroups/";

  public Scope {
    if (!path.isEmpty() && (!path.startsWith("/") || path.endsWith("/") || path.contains("//"))) {
      path =
          Arrays.stream(path.split("/"))
              .filter(segment -> !segment.isEmpty())
              .map(segment -> "/" + segment)
              .collect(Collectors.joining());
    }
  }

  public static Scope subscription(String subscriptionId) {
    return new Scope("/subscriptions/" + subscriptionId);
  }

  public static Scope group(String subscriptionId, String name) {
    return new Scope("/subscriptions/" + subscriptionId + "/resourceGroups/" + name);
  }

  public static Scope managementGroup(String name) {
    return new Scope(MANAGEMENT_GROUPS + name);
  }

  /** The form that is equal for equal scopes. */
  public String key() {
    return path.toLowerCase(Locale.ROOT);
  }

  /** Whether {@code other} is this scope or lies below it. */
  public boolean contains(Scope other) {
    return other.path.regionMatches(true, 0, path, 0, path.length())
        && (other.path.length() == path.length() || other.path.charAt(path.length()) == '/');
  }

  public boolean isSame(Scope other) {
    return other.path.equalsIgnoreCase(path);
  }

  /** The last segment: the name of what is here. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The resource that a nested resource belongs to; above resources, nothing that is one. */
  public Scope parent() {
    var parts = segments();
    return new Scope(String.join("/", parts.subList(0, Math.max(0, parts.size() - 2))));
  }

  /** The resource type with its namespace, as the path writes it; empty above resources. */
  public Optional<String> resourceType() {
    var parts = segments();
    int providers = -1;
    for (int i = 0; i < parts.size(); i += 2) {
      providers = parts.get(i).equalsIgnoreCase("providers") ? i : providers;
    }
    if (providers < 0 || parts.size() < providers + 4) {
      return Optional.empty();
    }
    var type = new StringBuilder(parts.get(providers + 1));
    for (int i = providers + 2; i < parts.size(); i += 2) {
      type.append('/').append(parts.get(i));
    }
    return Optional.of(type.toString());
  }

  /** The name of the management group that this scope is, or belongs to directly. */
  public Optional<String> managementGroup() {
    return path.regionMatches(true, 0, MANAGEMENT_GROUPS, 0, MANAGEMENT_GROUPS.length())
        ? Optional.of(segments().get(3))
        : Optional.empty();
  }

  public Optional<String> subscriptionId() {
    return segmentAfter(0, "subscriptions");
  }

  public Optional<String> resourceGroup() {
    return segmentAfter(2, "resourcegroups");
  }

  /** The scope of the subscription that this one lies in. */
  public Optional<Scope> subscription() {
    return subscriptionId().map(Scope::subscription);
  }

  /** The scope of the resource group that this one lies in. */
  public Optional<Scope> group() {
    return resourceGroup().map(name -> group(subscriptionId().orElseThrow(), name));
  }

  private Optional<String> segmentAfter(int index, String keyword) {
    var segments = segments();
    return segments.size() > index + 1 && segments.get(index).equalsIgnoreCase(keyword)
        ? Optional.of(segments.get(index + 1))
        : Optional.empty();
  }

  private List<String> segments() {
    return Arrays.stream(path.split("/")).filter(segment -> !segment.isEmpty()).toList();
  }

  /** As Azure writes it: the root is a single slash. */
  @Override
  public String toString() {
    return path.isEmpty() ? "/" : path;
  }
}
