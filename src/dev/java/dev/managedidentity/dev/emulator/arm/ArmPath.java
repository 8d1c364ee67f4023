package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.model.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A request's path, taken apart.
 *
 * @param target the whole path
 * @param scope what stands before the last {@code /providers/}, else the whole path
 * @param shape the type of the resource in lower case with {@code {}} for each name, by which
 *     routes are found
 * @param names the names that the braces stand for, in order
 */
record ArmPath(Scope target, Scope scope, String shape, List<String> names) {

  /** Where in the tree the scope is. */
  enum Level {
    TENANT,
    SUBSCRIPTION,
    GROUP,
    RESOURCE
  }

  ArmPath {
    names = List.copyOf(names);
  }

  static ArmPath of(List<String> segments) {
    var target = new Scope(String.join("/", segments));
    int providers = lastProviders(segments);
    if (providers < 0) {
      return new ArmPath(target, target, shape("", segments, 0), names(segments, 1));
    }
    var scope = new Scope(String.join("/", segments.subList(0, providers)));
    var rest = segments.subList(providers + 1, segments.size());
    if (rest.isEmpty()) {
      return new ArmPath(target, scope, "providers", List.of());
    }
    var prefix = "providers/" + rest.getFirst().toLowerCase(Locale.ROOT);
    return new ArmPath(target, scope, shape(prefix, rest, 1), names(rest, 2));
  }

  private static int lastProviders(List<String> segments) {
    for (int i = segments.size() - 1; i >= 0; i--) {
      if (i % 2 == 0 && segments.get(i).equalsIgnoreCase("providers")) {
        return i;
      }
    }
    return -1;
  }

  /** Types stay, names become braces: they alternate from {@code first} on. */
  private static String shape(String prefix, List<String> segments, int first) {
    var parts = new ArrayList<String>();
    if (!prefix.isEmpty()) {
      parts.add(prefix);
    }
    for (int i = first; i < segments.size(); i++) {
      parts.add((i - first) % 2 == 0 ? segments.get(i).toLowerCase(Locale.ROOT) : "{}");
    }
    return String.join("/", parts);
  }

  private static List<String> names(List<String> segments, int first) {
    var names = new ArrayList<String>();
    for (int i = first; i < segments.size(); i += 2) {
      names.add(segments.get(i));
    }
    return names;
  }

  Level level() {
    if (scope.path().isEmpty()) {
      return Level.TENANT;
    }
    if (scope.subscription().filter(scope::isSame).isPresent()) {
      return Level.SUBSCRIPTION;
    }
    return scope.group().filter(scope::isSame).isPresent() ? Level.GROUP : Level.RESOURCE;
  }

  String name() {
    return names.getLast();
  }

  /** The scope as Azure names it when it denies: a list is denied at its resource provider. */
  Scope deniedScope() {
    boolean isList = shape.startsWith("providers/") && !shape.endsWith("{}");
    return isList && !scope.isSame(target)
        ? new Scope(scope.path() + "/providers/" + namespace())
        : target;
  }

  /** The namespace as the client wrote it; empty when the path names none. */
  String namespace() {
    var rest = target.path().substring(scope.path().length());
    var segments = rest.split("/", -1);
    return segments.length > 2 ? segments[2] : "";
  }
}
