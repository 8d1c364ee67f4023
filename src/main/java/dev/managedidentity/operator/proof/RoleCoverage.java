package dev.managedidentity.operator.proof;

import dev.managedidentity.operator.azure.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides whether a caller may do all that a role allows. Where wildcards overlap in odd ways the
 * answer may be no although it is yes, never the other way round; a caller that has the role itself
 * covers it always.
 *
 * <pre>
 *   role    Microsoft.Storage/&#42;/read            caller  *                       covered
 *   role    *  not Microsoft.Authorization/*     caller  Contributor             covered
 *   role    *                                    caller  Contributor             "*" is not covered
 * </pre>
 */
final class RoleCoverage {
  private RoleCoverage() {}

  /** The first action or data action of the role that the caller may not, or not wholly. */
  static Optional<String> missing(List<Permission> role, List<Permission> caller) {
    var actions = rules(caller, Permission::actions, Permission::notActions);
    var dataActions = rules(caller, Permission::dataActions, Permission::notDataActions);
    return uncovered(rules(role, Permission::actions, Permission::notActions), actions)
        .or(
            () ->
                uncovered(
                    rules(role, Permission::dataActions, Permission::notDataActions), dataActions));
  }

  private static Optional<String> uncovered(List<Rule> role, List<Rule> caller) {
    return role.stream()
        .flatMap(
            rule ->
                rule.allowed().stream().filter(action -> !covers(caller, action, rule.excepted())))
        .map(ActionPattern::toString)
        .findFirst();
  }

  /**
   * Whether the rules allow all of an action pattern.
   *
   * @param unneeded what of it need not be allowed
   */
  private static boolean covers(
      List<Rule> rules, ActionPattern action, List<ActionPattern> unneeded) {
    return rules.stream()
        .filter(rule -> rule.allowed().stream().anyMatch(allowed -> allowed.includes(action)))
        .anyMatch(
            rule ->
                rule.excepted().stream()
                    .filter(excepted -> excepted.overlaps(action))
                    .filter(excepted -> unneeded.stream().noneMatch(one -> one.includes(excepted)))
                    .allMatch(excepted -> covers(others(rules, rule), excepted, unneeded)));
  }

  /** What one rule excepts another may allow. */
  private static List<Rule> others(List<Rule> rules, Rule rule) {
    var others = new ArrayList<>(rules);
    others.remove(rule);
    return others;
  }

  private static List<Rule> rules(
      List<Permission> permissions,
      Function<Permission, List<String>> allowed,
      Function<Permission, List<String>> excepted) {
    return permissions.stream()
        .map(
            permission ->
                new Rule(patterns(allowed.apply(permission)), patterns(excepted.apply(permission))))
        .toList();
  }

  private static List<ActionPattern> patterns(List<String> texts) {
    return texts.stream().map(ActionPattern::new).toList();
  }

  /** What is allowed, but for what is excepted. */
  private record Rule(List<ActionPattern> allowed, List<ActionPattern> excepted) {}
}
