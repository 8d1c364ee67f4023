package dev.managedidentity.operator.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.AllowedNamespaces;
import dev.managedidentity.operator.api.AllowedNamespaces.From;
import dev.managedidentity.operator.api.LabelSelector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsentTest {
  private static final AllowedNamespaces ALL = new AllowedNamespaces(From.ALL, null);
  private static final AllowedNamespaces TEAM_SHOP =
      new AllowedNamespaces(From.SELECTOR, new LabelSelector(Map.of("team", "shop"), List.of()));

  @Test
  void theIdentitysOwnNamespaceAlwaysHasConsent() {
    assertThat(Consent.isGiven(AllowedNamespaces.SAME, "shop", "shop", Map.of())).isTrue();
    assertThat(Consent.isGiven(ALL, "shop", "shop", Map.of())).isTrue();
    assertThat(Consent.isGiven(TEAM_SHOP, "shop", "shop", Map.of())).isTrue();
  }

  @Test
  void sameRefusesEveryOtherNamespace() {
    assertThat(Consent.isGiven(AllowedNamespaces.SAME, "shop", "web", Map.of("team", "shop")))
        .isFalse();
  }

  @Test
  void allAllowsEveryNamespace() {
    assertThat(Consent.isGiven(ALL, "shop", "web", Map.of())).isTrue();
  }

  @Test
  void aSelectorAllowsNamespacesWithMatchingLabels() {
    assertThat(Consent.isGiven(TEAM_SHOP, "shop", "web", Map.of("team", "shop"))).isTrue();
    assertThat(Consent.isGiven(TEAM_SHOP, "shop", "web", Map.of("team", "web"))).isFalse();
    assertThat(Consent.isGiven(TEAM_SHOP, "shop", "web", Map.of())).isFalse();
  }

  @Test
  void aMissingSelectorAllowsNothing() {
    assertThat(Consent.isGiven(new AllowedNamespaces(From.SELECTOR, null), "shop", "web", Map.of()))
        .isFalse();
  }
}
