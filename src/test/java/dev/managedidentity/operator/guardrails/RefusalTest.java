package dev.managedidentity.operator.guardrails;

import static dev.managedidentity.operator.guardrails.Rules.DEFAULT;
import static dev.managedidentity.operator.guardrails.Rules.OTHER;
import static dev.managedidentity.operator.guardrails.Rules.SHOP;
import static dev.managedidentity.operator.guardrails.Rules.guardrails;
import static dev.managedidentity.operator.guardrails.Rules.identities;
import static dev.managedidentity.operator.guardrails.Rules.roles;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What people read when a rule refuses. */
class RefusalTest {
  private static final String SCOPE = "/subscriptions/" + DEFAULT;

  @Test
  void saysThatNoRuleSelectsTheNamespaceAndWhatTheDefaultAllows() {
    var none = guardrails();

    assertThat(detail(none.identity(SHOP, OTHER, "bank", "orders")))
        .isEqualTo(
            "Identity orders in resource group bank of subscription %s is not allowed in namespace"
                + " shop. No guardrail rule selects the namespace, and the default allows"
                + " identities of any name in resource group platform of subscription %s.",
            OTHER, DEFAULT);
    assertThat(detail(none.role(SHOP, "Reader", SCOPE)))
        .isEqualTo(
            "Role Reader at %s is not allowed in namespace shop. No guardrail rule selects the"
                + " namespace, and the default allows no role.",
            SCOPE);
    assertThat(detail(none.adoption(SHOP, SCOPE + "/resourceGroups/x")))
        .endsWith("and the default allows no identity to be taken over.");
    assertThat(detail(none.resource(SHOP, SCOPE + "/resourceGroups/x")))
        .endsWith("and the default allows no Azure resource.");
    assertThat(detail(none.issuer(SHOP, "https://ci.example")))
        .startsWith("Issuer https://ci.example is not allowed in namespace shop.")
        .endsWith("and the default allows no issuer.");
    assertThat(detail(new Guardrails(List.of(), null, null, false).identity(SHOP, OTHER, "a", "b")))
        .endsWith(
            "and the default allows none, for the configuration has no default subscription or"
                + " resource group.");
  }

  @Test
  void namesTheRulesAndWhatTheyAllow() {
    var rules =
        guardrails(
            identities("team", List.of(OTHER), List.of("a", "b"), List.of("shop-*")),
            roles("grants", List.of("Reader", "Storage*"), List.of(SCOPE)));

    assertThat(detail(rules.identity(SHOP, OTHER, "c", "shop-1")))
        .isEqualTo(
            "Identity shop-1 in resource group c of subscription %s is not allowed in namespace"
                + " shop. Rule team allows identities named shop-* in resource group a, b of"
                + " subscription %s. Rule grants allows identities of any name in resource group"
                + " platform of subscription %s.",
            OTHER, OTHER, DEFAULT);
    assertThat(detail(rules.role(SHOP, "Contributor", SCOPE)))
        .isEqualTo(
            "Role Contributor at %s is not allowed in namespace shop. Rule team allows no role."
                + " Rule grants allows Reader, Storage* at %s.",
            SCOPE, SCOPE);
  }

  @Test
  void saysThatAPrivilegedRoleMustBeNamed() {
    var rules = guardrails(roles("all", List.of("*"), List.of(SCOPE)));

    assertThat(
            detail(
                rules.role(
                    SHOP,
                    "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
                    SCOPE)))
        .endsWith(
            "is not allowed in namespace shop. Owner is privileged: a rule must name it, without"
                + " wildcard. Rule all allows * at "
                + SCOPE
                + ".");
  }

  @Test
  void whatCannotBeReadIsRefusedByEveryRule() {
    var rules = guardrails(Rules.resources("/subscriptions/*"));

    assertThat(detail(rules.resource(SHOP, SCOPE + "/../x")))
        .isEqualTo(
            "Azure resource %s/../x is not allowed in namespace shop. It is not written as Azure"
                + " writes ids.",
            SCOPE);
    assertThat(detail(guardrails(Rules.issuers("*")).issuer(SHOP, "https://a@b")))
        .endsWith("in namespace shop. It is no https URL of a plain host name and path.");
  }

  @Test
  void staysShortWhereRulesAreLong() {
    var many = IntStream.range(0, 50).mapToObj("role %d "::formatted).map(String::strip).toList();
    var rules =
        guardrails(
            IntStream.range(0, 20)
                .mapToObj(index -> roles("rule" + index, many, List.of(SCOPE)))
                .toArray(GuardrailRule[]::new));

    assertThat(
            detail(rules.role(SHOP, "x".repeat(512), SCOPE + "/resourceGroups/" + "y".repeat(900))))
        .contains(
            "Rule rule0 allows role 0, role 1, role 2, role 3, role 4 and 45 more at " + SCOPE)
        .endsWith("Nor do 15 further rules.")
        .hasSizeLessThan(2000);
  }

  private static String detail(Optional<Problem> refusal) {
    assertThat(refusal).get().isInstanceOf(Problem.Refused.class);
    assertThat(refusal.orElseThrow().reason()).isEqualTo(Reason.GUARDRAIL);
    return refusal.orElseThrow().detail();
  }
}
