package dev.managedidentity.dev.emulator.model;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The role definitions, and the role assignments by name and by principal. */
public final class Grants {
  private final Table<RoleDefinition> definitions = new Table<>();
  private final Table<RoleAssignment> byName = new Table<>();
  private final Table<RoleAssignment> byPrincipal = new Table<>();

  public Grants() {
    BuiltInRoles.all().forEach(this::define);
  }

  public void define(RoleDefinition definition) {
    definitions.put(definition.id(), definition);
  }

  public Optional<RoleDefinition> definition(String id) {
    return definitions.find(id);
  }

  public List<RoleDefinition> definitions() {
    return definitions.all();
  }

  public void put(RoleAssignment assignment) {
    byName.put(assignment.name(), assignment);
    byPrincipal.put(principalKey(assignment), assignment);
  }

  public Optional<RoleAssignment> find(String name) {
    return byName.find(name);
  }

  public Optional<RoleAssignment> remove(String name) {
    var removed = byName.remove(name);
    removed.ifPresent(assignment -> byPrincipal.remove(principalKey(assignment)));
    return removed;
  }

  /** Removes all assignments and the custom roles. */
  void clear() {
    all().forEach(assignment -> remove(assignment.name()));
    definitions().stream()
        .filter(RoleDefinition::isCustom)
        .forEach(custom -> definitions.remove(custom.id()));
  }

  public List<RoleAssignment> all() {
    return byName.all();
  }

  public Collection<RoleAssignment> ofPrincipal(String principalId) {
    return byPrincipal.startingWith(principalId + " ");
  }

  private static String principalKey(RoleAssignment assignment) {
    return assignment.grant().principalId() + " " + assignment.name();
  }
}
