package dev.managedidentity.operator.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.azure.Permission;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class RoleCoverageTest {
  private static final Permission OWNER = actions("*");
  private static final Permission READER = actions("*/read");
  private static final Permission CONTRIBUTOR =
      new Permission(
          List.of("*"),
          List.of(
              "Microsoft.Authorization/*/Delete",
              "Microsoft.Authorization/*/Write",
              "Microsoft.Authorization/elevateAccess/Action"),
          List.of(),
          List.of());
  private static final Permission ACCESS_ADMINISTRATOR =
      actions("*/read", "Microsoft.Authorization/*");
  private static final Permission BLOB_READER =
      new Permission(
          List.of("Microsoft.Storage/storageAccounts/blobServices/containers/read"),
          List.of(),
          List.of("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"),
          List.of());
  private static final Permission BLOB_OWNER =
      new Permission(
          List.of("Microsoft.Storage/storageAccounts/blobServices/containers/*"),
          List.of(),
          List.of("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*"),
          List.of());

  static final List<Permission> ROLES =
      List.of(OWNER, READER, CONTRIBUTOR, ACCESS_ADMINISTRATOR, BLOB_READER, BLOB_OWNER);

  @ParameterizedTest
  @FieldSource("ROLES")
  void whoHasTheRoleIsCovered(Permission role) {
    assertThat(RoleCoverage.missing(List.of(role), List.of(role))).isEmpty();
    assertThat(RoleCoverage.missing(List.of(role), ROLES)).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("ROLES")
  void whoHasNothingIsNot(Permission role) {
    assertThat(RoleCoverage.missing(List.of(role), List.of())).isNotEmpty();
  }

  static Stream<Arguments> covered() {
    return Stream.of(
        Arguments.of("a wildcard over all", READER, List.of(OWNER)),
        Arguments.of("in another case", actions("a/B/READ"), List.of(actions("A/b/read"))),
        Arguments.of("exceptions of both", CONTRIBUTOR, List.of(OWNER)),
        Arguments.of("an exception that does not matter", READER, List.of(CONTRIBUTOR)),
        Arguments.of("data actions too", BLOB_READER, List.of(BLOB_OWNER)),
        Arguments.of("by two together", actions("a/read", "b/read"), both("a/read", "b/read")),
        Arguments.of(
            "what one excepts another allows", OWNER, List.of(CONTRIBUTOR, ACCESS_ADMINISTRATOR)),
        Arguments.of(
            "a narrower exception than the role's",
            except("a/*", "a/b/*"),
            List.of(except("a/*", "a/b/write"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("covered")
  void isCovered(String why, Permission role, List<Permission> caller) {
    assertThat(RoleCoverage.missing(List.of(role), caller)).as(why).isEmpty();
  }

  static Stream<Arguments> uncovered() {
    return Stream.of(
        Arguments.of("a narrower wildcard", OWNER, List.of(READER), "*"),
        Arguments.of("an exception that matters", OWNER, List.of(CONTRIBUTOR), "*"),
        Arguments.of(
            "one of two actions", actions("a/read", "b/read"), both("a/read", "c/read"), "b/read"),
        Arguments.of(
            "actions are no data actions", dataActions("a/read"), List.of(OWNER), "a/read"),
        Arguments.of("data actions are no actions", READER, List.of(dataActions("*")), "*/read"),
        Arguments.of(
            "a wider exception than the role's",
            except("a/*", "a/b/write"),
            List.of(except("a/*", "a/b/*")),
            "a/*"),
        Arguments.of(
            "an exception among data actions",
            dataActions("a/*"),
            List.of(new Permission(List.of(), List.of(), List.of("*"), List.of("a/b"))),
            "a/*"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("uncovered")
  void isNotCovered(String why, Permission role, List<Permission> caller, String missing) {
    assertThat(RoleCoverage.missing(List.of(role), caller)).as(why).contains(missing);
  }

  @Test
  void aRoleThatAllowsNothingIsCovered() {
    assertThat(RoleCoverage.missing(List.of(), List.of())).isEmpty();
    assertThat(RoleCoverage.missing(List.of(actions()), List.of())).isEmpty();
  }

  private static List<Permission> both(String one, String other) {
    return List.of(actions(one), actions(other));
  }

  private static Permission actions(String... actions) {
    return new Permission(List.of(actions), List.of(), List.of(), List.of());
  }

  private static Permission except(String action, String exception) {
    return new Permission(List.of(action), List.of(exception), List.of(), List.of());
  }

  private static Permission dataActions(String action) {
    return new Permission(List.of(), List.of(), List.of(action), List.of());
  }
}
