package dev.managedidentity.operator.guardrails;

import static dev.managedidentity.operator.guardrails.Rules.DEFAULT;
import static dev.managedidentity.operator.guardrails.Rules.OTHER;
import static dev.managedidentity.operator.guardrails.Rules.SHOP;
import static dev.managedidentity.operator.guardrails.Rules.guardrails;
import static dev.managedidentity.operator.guardrails.Rules.identities;
import static dev.managedidentity.operator.guardrails.Rules.labelled;
import static dev.managedidentity.operator.guardrails.Rules.nothing;
import static dev.managedidentity.operator.guardrails.Rules.roles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.managedidentity.operator.guardrails.Guardrails.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rules count, and what they allow of identities, adoption and Azure resources. */
class GuardrailsTest {
  private static final String SCOPE = "/subscriptions/" + DEFAULT;

  @Test
  void withoutRulesANamespaceHasIdentitiesAtTheDefaultPlaceAndNothingElse() {
    var none = guardrails();

    assertThat(none.identity(SHOP, DEFAULT, "platform", "anything")).isEmpty();
    assertThat(none.identity(SHOP, DEFAULT, "PLATFORM", "anything")).isEmpty();
    assertThat(none.identity(SHOP, DEFAULT, "other", "anything")).isPresent();
    assertThat(none.identity(SHOP, OTHER, "platform", "anything")).isPresent();
    assertThat(none.adoption(SHOP, SCOPE + "/resourceGroups/platform")).isPresent();
    assertThat(none.role(SHOP, "Reader", SCOPE)).isPresent();
    assertThat(none.resource(SHOP, SCOPE + "/resourceGroups/platform")).isPresent();
  }

  @Test
  void withoutDefaultsNoIdentityIsAllowedByDefault() {
    var bare = new Guardrails(List.of(), null, null, false);

    assertThat(bare.identity(SHOP, DEFAULT, "platform", "a")).isPresent();
  }

  @Test
  void onlyRulesThatSelectTheNamespaceCount() {
    var shop = roles("shop", List.of("Reader"), List.of(SCOPE));
    var rules =
        guardrails(
            new GuardrailRule(
                "shop",
                labelled("team", "shop"),
                shop.subscriptions(),
                shop.resourceGroups(),
                shop.names(),
                shop.adoptable(),
                shop.roles(),
                shop.scopes(),
                shop.azureResources(),
                shop.issuers()));

    assertThat(rules.role(SHOP, "Reader", SCOPE)).isEmpty();
    assertThat(rules.role(new Place("shop", Map.of("team", "bank")), "Reader", SCOPE)).isPresent();
    assertThat(rules.role(new Place("shop", Map.of()), "Reader", SCOPE)).isPresent();
  }

  @Test
  void aNamespaceCanBeSelectedByItsName() {
    var rules = guardrails(nothing("shop", labelled("kubernetes.io/metadata.name", "shop")));

    assertThat(detail(rules, new Place("shop", Map.of()))).contains("Rule shop allows");
    assertThat(detail(rules, new Place("bank", Map.of()))).contains("No guardrail rule selects");
    assertThat(detail(rules, new Place("bank", Map.of("kubernetes.io/metadata.name", "shop"))))
        .as("a label that is not the namespace's own")
        .contains("No guardrail rule selects");
  }

  @Test
  void rulesAllowTogetherButNeverHalfEach() {
    var rules =
        guardrails(
            identities("a", List.of(DEFAULT), List.of("one"), List.of("a-*")),
            identities("b", List.of(OTHER), List.of("two"), List.of("b-*")),
            roles("c", List.of("Reader"), List.of(SCOPE + "/resourceGroups/one")),
            roles("d", List.of("Contributor"), List.of(SCOPE + "/resourceGroups/two")));

    assertThat(rules.identity(SHOP, DEFAULT, "one", "a-1")).isEmpty();
    assertThat(rules.identity(SHOP, OTHER, "two", "b-1")).isEmpty();
    assertThat(rules.identity(SHOP, OTHER, "one", "a-1")).isPresent();
    assertThat(rules.identity(SHOP, DEFAULT, "one", "b-1")).isPresent();
    assertThat(rules.role(SHOP, "Contributor", SCOPE + "/resourceGroups/two")).isEmpty();
    assertThat(rules.role(SHOP, "Contributor", SCOPE + "/resourceGroups/one")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *        | team-*     | *-api      | team-a    | orders-api  | true
          *        | team-*     | *-api      | team-     | -api        | true
          *        | team-*     | *-api      | TEAM-a    | Orders-API  | true
          *        | team-*     | *-api      | steam-a   | orders-api  | false
          *        | team-*     | *-api      | team-a    | orders-apis | false
          *        | team-*     | *-api      | team-a/b  | orders-api  | false
          *        | *          | *          | ..        | orders-api  | false
          *        | *          | *          | shop%2f.. | orders-api  | false
          *        | *          | *          | shop      | a/../b      | false
          *        | *          | *          | shop      | a?x=y       | false
          *        | *          | *          | ''        | orders-api  | false
          *        | a*b*c      | *          | a-b-b-c   | orders-api  | true
          *        | a*b*c      | *          | a-c-b     | orders-api  | false
          *        | größe      | *          | GRÖSSE    | orders-api  | false
          *        | größe      | *          | GRÖßE     | orders-api  | true
          *        | kind       | *          | kınd      | orders-api  | false
          *        | kind       | *          | KİND      | orders-api  | false
          """)
  void identitiesAreMatchedAsAzureComparesThem(
      String subscriptions,
      String groups,
      String names,
      String group,
      String name,
      boolean isAllowed) {
    var rules =
        guardrails(identities("all", List.of(subscriptions), List.of(groups), List.of(names)));

    assertThat(rules.identity(SHOP, OTHER, group, name).isEmpty()).isEqualTo(isAllowed);
  }

  @Test
  void subscriptionsAreComparedWithoutRegardToCase() {
    var rules = guardrails(identities("all", List.of(OTHER), List.of("*"), List.of()));

    assertThat(rules.identity(SHOP, "00000000-0000-0000-0000-00000000000A", "shop", "a")).isEmpty();
    assertThat(rules.identity(SHOP, OTHER + "/x", "shop", "a")).isPresent();
    assertThat(rules.identity(SHOP, DEFAULT, "shop", "a")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /subscriptions/S/resourceGroups/shop                                             | true
          /SUBSCRIPTIONS/S/resourcegroups/SHOP                                             | true
          /subscriptions/S/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines | true
          /subscriptions/*/resourceGroups/s*                                               | true
          /subscriptions/S                                                                 | true
          /subscriptions/S/resourceGroups/shop/providers/*/virtualMachines/vm?             | invalid
          /subscriptions/S/resourceGroups/shop/providers/*/virtualMachines/vm*             | true
          /subscriptions/S/resourceGroups/sho                                              | false
          /subscriptions/S/resourceGroups/*/providers/*/*/vm2                              | false
          /subscriptions/S/resourceGroups/shop/providers/*/*/vm1/extensions                | false
          /subscriptions/S/providers/Microsoft.Compute                                     | false
          """)
  void resourcesAndAdoptionAreMatchedByPatternsAndPrefixes(String pattern, String expected) {
    var written = pattern.replaceAll("/S(?=/|$)", "/" + DEFAULT);
    if (expected.equals("invalid")) {
      assertThatThrownBy(() -> Rules.resources(written))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(written);
      return;
    }
    var id =
        "/subscriptions/%s/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/vm1"
            .formatted(DEFAULT);

    assertThat(guardrails(Rules.resources(written)).resource(SHOP, id).isEmpty())
        .isEqualTo(Boolean.parseBoolean(expected));
    assertThat(guardrails(Rules.adoptable(written)).adoption(SHOP, id).isEmpty())
        .isEqualTo(Boolean.parseBoolean(expected));
    assertThat(guardrails(Rules.adoptable(written)).resource(SHOP, id)).isPresent();
    assertThat(guardrails(Rules.resources(written)).adoption(SHOP, id)).isPresent();
  }

  private static String detail(Guardrails guardrails, Place place) {
    return guardrails.identity(place, OTHER, "x", "y").orElseThrow().detail();
  }

  @Test
  void withoutARuleABindingNamesNoIssuer() {
    assertThat(guardrails().issuer(SHOP, "https://ci.example")).isPresent();
    assertThat(guardrails(Rules.issuers()).issuer(SHOP, "https://ci.example")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          https://ci.example,            https://ci.example,           true
          https://ci.example,            https://ci.example/,          false
          https://ci.example,            https://ci.example/other,     false
          https://ci.example,            https://CI.example,           false
          https://ci.example/a,          https://ci.example/A,         false
          https://ci.example/*,          https://ci.example/a,         true
          https://ci.example/*,          https://ci.example/a/b,       false
          https://ci.example/*/,         https://ci.example/a/,        true
          https://*.ci.example/*,        https://eu.ci.example/a,      true
          https://*.ci.example,          https://evil.example/.ci.example, false
          https://*.ci.example,          https://evil.example:443,     false
          https://*,                     https://ci.example,           true
          https://*,                     https://ci.example:8443,      true
          *,                             https://ci.example/a/b/,      true
          *,                             http://ci.example,            false
          *,                             https://user@ci.example,      false
          *,                             https://ci.example?a=b,       false
          *,                             https://ci.example/../a,      false
          *,                             https://ci.example/a%2fb,     false
          *,                             https://ci.example\\@b,       false
          """)
  void anIssuerIsComparedLetterByLetterAndPartByPart(
      String pattern, String issuer, boolean isAllowed) {
    assertThat(guardrails(Rules.issuers(pattern)).issuer(SHOP, issuer).isEmpty())
        .isEqualTo(isAllowed);
  }
}
