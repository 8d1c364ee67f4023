package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.behaviour.Operation;
import dev.managedidentity.dev.emulator.behaviour.OperationKind;
import dev.managedidentity.dev.emulator.http.Reply;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * One thing that can be asked of a resource type.
 *
 * @param type the resource type whose API versions count
 * @param action the RBAC action that the caller needs; empty when everybody may
 */
record Route(
    String method,
    String shape,
    Set<ArmPath.Level> levels,
    String type,
    Operation operation,
    String action,
    Function<ArmCall, Reply> handler) {

  Route {
    levels = Set.copyOf(levels);
  }

  /** A route of a resource type, below its namespace. */
  static Route of(
      OperationKind kind,
      String method,
      String type,
      Set<ArmPath.Level> levels,
      Function<ArmCall, Reply> handler) {
    var parts = type.split("/", 2);
    var operation = Operation.of(parts[1], kind);
    return new Route(
        method, shape(kind, type), levels, type, operation, action(kind, type), handler);
  }

  boolean isOfGroups() {
    return type.equals(ResourceGroupResources.TYPE);
  }

  /** The same route, open to everyone with a token. */
  Route open() {
    return new Route(method, shape, levels, type, operation, "", handler);
  }

  private static String shape(OperationKind kind, String type) {
    var lower = type.toLowerCase(Locale.ROOT);
    int first = lower.indexOf('/') + 1;
    var named =
        "providers/" + lower.substring(0, first) + lower.substring(first).replace("/", "/{}/");
    return kind == OperationKind.LIST ? named : named + "/{}";
  }

  private static String action(OperationKind kind, String type) {
    var verb = kind == OperationKind.LIST ? OperationKind.READ : kind;
    return type + "/" + verb.name().toLowerCase(Locale.ROOT);
  }
}
