package dev.managedidentity.operator.guardrails;

import static dev.managedidentity.operator.guardrails.Rules.DEFAULT;
import static dev.managedidentity.operator.guardrails.Rules.SHOP;
import static dev.managedidentity.operator.guardrails.Rules.guardrails;
import static dev.managedidentity.operator.guardrails.Rules.roles;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which roles may be granted at which scopes, also when somebody tries to slip past. */
class RoleGuardrailsTest {
  private static final String SCOPE = "/subscriptions/" + DEFAULT;
  private static final String DEFINITION = "/providers/Microsoft.Authorization/roleDefinitions/";
  private static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
  private static final String OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Reader          | Reader                     | true
          Reader          | reader                     | true
          reader          | READER                     | true
          Reader          | Readers                    | false
          Reader          | Key Vault Reader           | false
          * Reader        | Key Vault Reader           | true
          * Reader        | Reader                     | false
          Storage * Data* | Storage Blob Data Reader   | true
          Reader          | D/GUID                   | false
          * Reader        | D/GUID                   | false
          acdd*           | D/GUID                   | false
          *               | D/GUID                   | true
          **              | D/GUID                   | true
          *               | Reader                     | true
          GUID            | D/GUID                   | true
          D/GUID          | D/GUID                   | true
          GUID            | SD/GUID                  | true
          SD/GUID         | D/GUID                   | true
          GUID            | Reader                     | false
          *               | /providers/x/READER        | false
          *               | /subscriptions/x           | false
          *               | ''                         | false
          Reader          | *                          | false
          """)
  void rolesAreMatchedByNameOrDefinition(String entry, String asked, boolean isAllowed) {
    assertThat(isGranted(written(entry), written(asked))).isEqualTo(isAllowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *                                    | Owner                    | false
          **                                   | Owner                    | false
          O*                                   | Owner                    | false
          Owner*                               | Owner                    | false
          *                                    | OWNER                    | false
          *                                    | D/8E3AF657-A8FF-443C-A75C-2FE8C4BCB635 | false
          *                                    | SD/8e3af657-a8ff-443c-a75c-2fe8c4bcb635 | false
          *                                    | 8e3af657-a8ff-443c-a75c-2fe8c4bcb635 | false
          8e3af657*                            | D/8e3af657-a8ff-443c-a75c-2fe8c4bcb635 | false
          *                                    | User Access Administrator | false
          *                                    | User  Access\u00a0Administrator | false
          *                                    | U\u017fer Acce\u017f\u017f Administrator | false
          *                                    | User Access Adm\u0131nistrator | false
          *                                    | Own\u200ber              | false
          *                                    | O\u0301wner              | false
          *                                    | \uff2fwner               | false
          *                                    | Role Based Access Control Administrator | false
          *                                    | D/18d7d88d-d35e-4fb5-a5c3-7773c20a72d9 | false
          *                                    | D/f58310d9-a9f6-439a-9e8d-f62e7b41a168 | false
          Owner                                | Owner                    | true
          owner                                | Owner                    | true
          Owner                                | D/8e3af657-a8ff-443c-a75c-2fe8c4bcb635 | true
          8e3af657-a8ff-443c-a75c-2fe8c4bcb635 | Owner                    | true
          D/8e3af657-a8ff-443c-a75c-2fe8c4bcb635 | Owner                  | true
          Owner                                | User Access Administrator | false
          Role Based Access Control Administrator | D/f58310d9-a9f6-439a-9e8d-f62e7b41a168 | true
          User Access Administrator            | D/18d7d88d-d35e-4fb5-a5c3-7773c20a72d9 | true
          *                                    | Owner of the shop        | true
          """)
  void privilegedRolesMustBeNamed(String entry, String asked, boolean isAllowed) {
    assertThat(isGranted(written(entry), written(asked))).isEqualTo(isAllowed);
  }

  @Test
  void aPrivilegedRoleIsAllowedOnlyWhereItsOwnRuleAllowsIt() {
    var rules =
        guardrails(
            roles("owners", List.of("Owner"), List.of(SCOPE + "/resourceGroups/sandbox")),
            roles("readers", List.of("*"), List.of(SCOPE)));

    assertThat(rules.role(SHOP, "Owner", SCOPE + "/resourceGroups/sandbox")).isEmpty();
    assertThat(rules.role(SHOP, DEFINITION + OWNER, SCOPE)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          S                        | S                                        | true
          S                        | S/resourceGroups/shop                    | true
          S/resourceGroups/shop    | S/resourceGroups/shop                    | true
          S/resourceGroups/shop    | S/resourcegroups/SHOP                    | true
          S/resourceGroups/shop    | S/resourceGroups/shop/providers/a.b/c/d  | true
          S/resourceGroups/shop    | S                                        | false
          S/resourceGroups/shop    | S/resourceGroups/shop2                   | false
          S/resourceGroups/shop    | S/resourceGroups/shop-2/providers/a/b/c  | false
          S/resourceGroups/shop    | S//resourceGroups/shop                   | false
          S/resourceGroups/shop    | S/resourceGroups//shop                   | false
          S/resourceGroups/shop    | /S/resourceGroups/shop                   | false
          S/resourceGroups/shop    | S/resourceGroups/shop/                   | false
          S/resourceGroups/shop    | S/resourceGroups/shop/../bank            | false
          S/resourceGroups/shop    | S/resourceGroups/shop/./../bank          | false
          S/resourceGroups/shop    | S/resourceGroups/shop/.../bank           | false
          S/resourceGroups/shop    | S/resourceGroups/shop/%2e%2e/bank        | false
          S/resourceGroups/shop    | S/resourceGroups/shop%2f..%2fbank        | false
          S/resourceGroups/shop    | S/resourceGroups/shop?x=/                | false
          S/resourceGroups/shop    | S/resourceGroups/shop#/                  | false
          S/resourceGroups/shop    | S/resourceGroups/shop\\..\\bank          | false
          S/resourceGroups/shop    | S/resourceGroups/shop\u200b              | false
          S/resourceGroups/shop    | S/resourceGroups/\u017fhop               | false
          S/resourceGroups/shop    | x                                        | false
          S/resourceGroups/shop    | /                                        | false
          S/resourceGroups/shop    | ''                                       | false
          S/resourceGroups/team-*  | S/resourceGroups/team-a                  | true
          S/resourceGroups/team-*  | S/resourceGroups/team-a/providers/a/b/c  | true
          S/resourceGroups/team-*  | S/resourceGroups/team                    | false
          S/resourceGroups/*       | S                                        | false
          S/resourceGroups/*       | S/providers/Microsoft.Web/sites/x        | false
          /subscriptions/*         | S                                        | true
          /subscriptions/*         | M/root                                   | false
          M/shop                   | M/shop                                   | true
          M/shop                   | m/SHOP                                   | true
          M/shop                   | M/shop2                                  | false
          M/shop                   | M/shop/x                                 | false
          M/shop                   | M                                        | false
          M/shop                   | S                                        | false
          """)
  void scopesCoverWhatIsBelowThem(String pattern, String scope, boolean isAllowed) {
    var rules = guardrails(roles("all", List.of("Reader"), List.of(path(pattern))));

    assertThat(rules.role(SHOP, "Reader", path(scope)).isEmpty()).isEqualTo(isAllowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "*",
        "/*",
        "/subscriptions",
        "/subscriptions/",
        "/subscriptions/shop",
        "/subscriptions/0*",
        "/subscriptions/*/resourceGroups",
        "/subscriptions/*/resourceGroups/",
        "/subscriptions/*/resourceGroup/shop",
        "/subscriptions/*/resourceGroups/../x",
        "/subscriptions/*/resourceGroups/shop/sites",
        "/subscriptions/*//resourceGroups/shop",
        "/providers",
        "/providers/Microsoft.Management/managementGroups",
        "/providers/Microsoft.Management/managementGroups/*",
        "/providers/Microsoft.Management/managementGroups/shop*",
        "/providers/Microsoft.Management/managementGroups/shop/x",
        ""
      })
  void aScopeThatWouldCoverTooMuchOrNothingIsNoScope(String scope) {
    assertThat(PatternForm.SCOPE.isMetBy(scope)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " Reader", "Reader ", "/Reader", "Rea\nder", DEFINITION + "Reader"})
  void aRoleHasTheFormOfANameOrADefinition(String role) {
    assertThat(PatternForm.ROLE.isMetBy(role)).isFalse();
  }

  private static boolean isGranted(String entry, String asked) {
    return guardrails(roles("all", List.of(entry), List.of(SCOPE)))
        .role(SHOP, asked, SCOPE)
        .isEmpty();
  }

  private static String written(String role) {
    return role.replace("SD/", SCOPE + DEFINITION)
        .replace("D/", DEFINITION)
        .replace("GUID", READER);
  }

  private static String path(String shorthand) {
    return shorthand
        .replaceFirst("^S(?=/|$)", SCOPE)
        .replaceFirst("^/S(?=/|$)", "/" + SCOPE)
        .replaceFirst("^M(?=/|$)", "/providers/Microsoft.Management/managementGroups")
        .replaceFirst("^m(?=/|$)", "/PROVIDERS/microsoft.management/managementgroups");
  }
}
