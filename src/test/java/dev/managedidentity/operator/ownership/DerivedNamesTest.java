package dev.managedidentity.operator.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerivedNamesTest {
  private static final String CLUSTER = "8f3c2b1a-5d6e-4f70-8192-a3b4c5d6e7f8";
  private static final String OTHER_CLUSTER = "00000000-5d6e-4f70-8192-a3b4c5d6e7f8";
  private static final String ISSUER = "https://issuer.example/";
  private static final String SUBJECT = "system:serviceaccount:shop:orders-api";
  private static final String SCOPE =
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop-data";
  private static final String PRINCIPAL = "11111111-2222-3333-4444-555555555555";
  private static final String ROLE =
      "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization"
          + "/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7";

  @Test
  void anIdentityIsCalledAfterItsNamespaceAndNameAndADigest() {
    assertThat(identity(CLUSTER, "shop", "orders")).matches("shop-orders-[0-9a-f]{12}");
  }

  @Test
  void aCredentialIsCalledAfterItsBindingAndADigest() {
    assertThat(credential("shop", "orders-api", ISSUER)).matches("shop-orders-api-[0-9a-f]{12}");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 59, 60, 114, 115, 116, 200, 253})
  void namesOfEveryLengthFitAzuresRules(int length) {
    var name = "n".repeat(length);

    assertThat(identity(CLUSTER, "shop", name)).matches("[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}");
    assertThat(credential("shop", name, ISSUER)).matches("[a-zA-Z0-9][a-zA-Z0-9_-]{2,119}");
  }

  @Test
  void theShortestNamesAreLongEnoughForAzure() {
    assertThat(identity(CLUSTER, "a", "b")).hasSizeGreaterThanOrEqualTo(3);
    assertThat(credential("a", "b", ISSUER)).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void namesThatDifferOnlyBehindTheCutStayDistinct() {
    var long1 = "n".repeat(250) + ".a";
    var long2 = "n".repeat(250) + ".b";

    assertThat(identity(CLUSTER, "shop", long1))
        .hasSize(128)
        .isNotEqualTo(identity(CLUSTER, "shop", long2));
    assertThat(credential("shop", long1, ISSUER))
        .hasSize(120)
        .isNotEqualTo(credential("shop", long2, ISSUER));
  }

  @ParameterizedTest
  @CsvSource({"shop, a.b, shop, a-b", "shop-a, b, shop, a-b", "a, b-c, a-b, c", "a, b.c, a, b-c"})
  void namesThatReadTheSameStayDistinct(
      String namespace, String name, String otherNamespace, String otherName) {
    assertThat(identity(CLUSTER, namespace, name))
        .isNotEqualTo(identity(CLUSTER, otherNamespace, otherName));
    assertThat(credential(namespace, name, ISSUER))
        .isNotEqualTo(credential(otherNamespace, otherName, ISSUER));
  }

  @Test
  void dotsBecomeDashesBecauseAzureRefusesThem() {
    assertThat(identity(CLUSTER, "shop", "orders.v1")).startsWith("shop-orders-v1-");
  }

  @Test
  void anotherClusterGetsOtherNames() {
    assertThat(identity(CLUSTER, "shop", "orders"))
        .isNotEqualTo(identity(OTHER_CLUSTER, "shop", "orders"));
    assertThat(DerivedNames.credential(CLUSTER, "shop", "orders", ISSUER, SUBJECT))
        .isNotEqualTo(DerivedNames.credential(OTHER_CLUSTER, "shop", "orders", ISSUER, SUBJECT));
    assertThat(DerivedNames.roleAssignment(CLUSTER, SCOPE, PRINCIPAL, ROLE))
        .isNotEqualTo(DerivedNames.roleAssignment(OTHER_CLUSTER, SCOPE, PRINCIPAL, ROLE));
  }

  @Test
  void aNewIssuerGetsANewCredentialSoThatTheOldOneCanStayUntilThen() {
    assertThat(credential("shop", "orders-api", ISSUER))
        .isNotEqualTo(credential("shop", "orders-api", "https://issuer.example"));
  }

  @Test
  void theSameResourceAlwaysGetsTheSameNames() {
    assertThat(identity(CLUSTER, "shop", "orders")).isEqualTo("shop-orders-b7ed1e8d8d41");
    assertThat(credential("shop", "orders-api", ISSUER)).isEqualTo("shop-orders-api-4e90bcaf77c2");
    assertThat(DerivedNames.roleAssignment(CLUSTER, SCOPE, PRINCIPAL, ROLE))
        .isEqualTo("d9407f7f-cb71-8964-baa7-10fc7f50d646");
  }

  @Test
  void aRoleAssignmentIsAGuidOfVersion8() {
    var guid = UUID.fromString(DerivedNames.roleAssignment(CLUSTER, SCOPE, PRINCIPAL, ROLE));

    assertThat(guid.version()).isEqualTo(8);
    assertThat(guid.variant()).isEqualTo(2);
  }

  @Test
  void caseAndPlaceOfTheDefinitionDoNotMatterForARoleAssignmentBecauseTheyDoNotForAzure() {
    var bare = ROLE.substring(ROLE.indexOf("/providers"));

    assertThat(
            Stream.of(
                DerivedNames.roleAssignment(CLUSTER, SCOPE, PRINCIPAL, ROLE),
                DerivedNames.roleAssignment(
                    CLUSTER, SCOPE.toUpperCase(Locale.ROOT), PRINCIPAL, bare),
                DerivedNames.roleAssignment(
                    CLUSTER, SCOPE, PRINCIPAL, ROLE.replace("acdd", "ACDD"))))
        .containsOnly(DerivedNames.roleAssignment(CLUSTER, SCOPE, PRINCIPAL, ROLE));
  }

  @Test
  void scopePrincipalAndRoleEachMakeAnotherRoleAssignment() {
    assertThat(
            Stream.of(
                DerivedNames.roleAssignment(CLUSTER, SCOPE, PRINCIPAL, ROLE),
                DerivedNames.roleAssignment(CLUSTER, SCOPE + "2", PRINCIPAL, ROLE),
                DerivedNames.roleAssignment(CLUSTER, SCOPE, PRINCIPAL.replace('1', '9'), ROLE),
                DerivedNames.roleAssignment(CLUSTER, SCOPE, PRINCIPAL, ROLE.replace('7', '9'))))
        .doesNotHaveDuplicates();
  }

  @Test
  void partsOfADigestAreNotMistakenForTheirNeighbours() {
    assertThat(DerivedNames.digest("ab", "c")).isNotEqualTo(DerivedNames.digest("a", "bc"));
    assertThat(DerivedNames.digest("a", "")).isNotEqualTo(DerivedNames.digest("a"));
  }

  private static String identity(String cluster, String namespace, String name) {
    return DerivedNames.identity(new Owner(cluster, namespace, name, "uid"));
  }

  private static String credential(String namespace, String binding, String issuer) {
    return DerivedNames.credential(CLUSTER, namespace, binding, issuer, SUBJECT);
  }
}
