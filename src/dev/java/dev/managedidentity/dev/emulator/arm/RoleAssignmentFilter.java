package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.model.ManagementGroups;
import dev.managedidentity.dev.emulator.model.RoleAssignment;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The filters that the list of role assignments knows: {@code atScope()}, {@code principalId eq
 * '…'}, {@code assignedTo('…')}, and {@code atScope()} and one of the others.
 *
 * <p>Without {@code atScope()} a list has what is at the scope, above it and below it; with it,
 * nothing from below.
 */
final class RoleAssignmentFilter {
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?<at>atScope\\(\\))?(\\s*and\\s*)?"
              + "((principalId\\s+eq\\s+'(?<principal>[^']*)')|(assignedTo\\('(?<assigned>[^']*)'\\)))?",
          Pattern.CASE_INSENSITIVE);

  private RoleAssignmentFilter() {}

  static Predicate<RoleAssignment> of(String filter, Scope scope, ManagementGroups tree) {
    var match = GRAMMAR.matcher(filter.trim());
    if (!match.matches()) {
      throw new ArmRefusal(RoleErrors.unsupportedFilter(filter));
    }
    boolean withoutBelow = match.group("at") != null;
    var principal =
        Optional.ofNullable(match.group("principal"))
            .or(() -> Optional.ofNullable(match.group("assigned")));
    return assignment ->
        (tree.reaches(assignment.scope(), scope)
                || (!withoutBelow && tree.reaches(scope, assignment.scope())))
            && principal.map(assignment.grant().principalId()::equalsIgnoreCase).orElse(true);
  }
}
