package dev.managedidentity.dev.emulator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The wildcards of role definitions. */
class PermissionTest {
  @ParameterizedTest
  @CsvSource({
    "*, Microsoft.Compute/virtualMachines/write, true",
    "*/read, Microsoft.Compute/virtualMachines/read, true",
    "*/read, Microsoft.Compute/virtualMachines/write, false",
    "Microsoft.Authorization/*/read, Microsoft.Authorization/roleAssignments/read, true",
    "Microsoft.Authorization/*/read, Microsoft.Authorization/roleAssignments/write, false",
    "Microsoft.Authorization/*/read, Microsoft.Authorization/read, true",
    "*/read, read, false",
    "microsoft.authorization/roleassignments/WRITE, Microsoft.Authorization/roleAssignments/write,"
        + " true",
    "Microsoft.Authorization/roleAssignments, Microsoft.Authorization/roleAssignments/write, false"
  })
  void matchesActionsWithWildcardsAndInAnyCase(String pattern, String action, boolean allowed) {
    var permission = new Permission(List.of(pattern), List.of(), List.of(), List.of());

    assertThat(permission.allows(action)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "Microsoft.Authorization/roleAssignments/write, false",
    "Microsoft.ManagedIdentity/userAssignedIdentities/write, true"
  })
  void takesAwayWhatIsExcepted(String action, boolean allowed) {
    var contributor =
        new Permission(
            List.of("*"), List.of("Microsoft.Authorization/*/Write"), List.of(), List.of());

    assertThat(contributor.allows(action)).isEqualTo(allowed);
  }
}
