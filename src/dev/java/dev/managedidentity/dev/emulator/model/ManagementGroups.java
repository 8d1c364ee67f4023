package dev.managedidentity.dev.emulator.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The management groups, what is above each, and which subscriptions are in them. */
public final class ManagementGroups {
  private final Table<Group> groups = new Table<>();
  private final Table<String> bySubscription = new Table<>();

  /** One group, by its name, in another one or at the top. */
  private record Group(String name, Optional<String> parent) {}

  /** Adds a group, or moves it; groups must not contain themselves. */
  public Scope put(String name, Optional<String> parent) {
    parent.ifPresent(this::require);
    groups.put(name, new Group(name, parent));
    return Scope.managementGroup(name);
  }

  /** Puts a subscription into a group, out of any other. */
  public void place(String subscriptionId, String group) {
    require(group);
    bySubscription.put(subscriptionId, group);
  }

  private void require(String name) {
    if (!exists(name)) {
      throw new IllegalArgumentException("There is no management group " + name);
    }
  }

  public boolean exists(String name) {
    return groups.find(name).isPresent();
  }

  void clear() {
    groups.clear();
    bySubscription.clear();
  }

  /** Whether {@code inner} is {@code outer} or lies below it, through management groups too. */
  public boolean reaches(Scope outer, Scope inner) {
    return outer.contains(inner) || above(inner).stream().anyMatch(outer::isSame);
  }

  private List<Scope> above(Scope scope) {
    var chain = new ArrayList<Scope>();
    var next =
        scope.managementGroup().or(() -> scope.subscriptionId().flatMap(bySubscription::find));
    while (next.isPresent()) {
      chain.add(Scope.managementGroup(next.get()));
      next = next.flatMap(groups::find).flatMap(Group::parent);
    }
    return chain;
  }
}
