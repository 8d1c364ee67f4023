package dev.managedidentity.dev.emulator.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What contains what in the tree of Azure. */
class ScopeTest {
  private static final Scope GROUP = new Scope("/subscriptions/s/resourceGroups/rg");

  @Test
  void containsItselfAndWhatLiesBelowInAnyCase() {
    assertThat(GROUP.contains(new Scope("/SUBSCRIPTIONS/S/resourcegroups/RG/"))).isTrue();
    assertThat(GROUP.contains(new Scope("/subscriptions/s/resourceGroups/rg/providers/x")))
        .isTrue();
    assertThat(GROUP.contains(new Scope("/subscriptions/s/resourceGroups/rg2"))).isFalse();
    assertThat(GROUP.contains(new Scope("/subscriptions/s"))).isFalse();
    assertThat(Scope.ROOT.contains(GROUP)).isTrue();
  }

  @Test
  void knowsItsSubscriptionAndItsGroup() {
    var resource = new Scope("//subscriptions/s/resourcegroups/RG/providers/a/b/c");

    assertThat(resource.subscription()).contains(new Scope("/subscriptions/s"));
    assertThat(resource.group().map(GROUP::isSame)).contains(true);
    assertThat(Scope.ROOT.subscriptionId()).isEmpty();
    assertThat(Scope.ROOT).hasToString("/");
  }
}
