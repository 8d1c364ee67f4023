package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.apiserver.UsesControlPlane;
import dev.managedidentity.operator.runtime.Metric;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** How old each list of the inventory is can be asked at any time. */
@UsesControlPlane
@UsesOperator
class InventoryAgeIT {
  @Test
  void everyKindThatIsListedHasTheLabelThatTheDocumentationNames(Team team) {
    var kinds = new TreeSet<String>();

    team.operator()
        .operator()
        .show(
            (metric, labels, _) -> {
              if (metric.equals(Metric.INVENTORY_AGE)) {
                kinds.addAll(labels);
              }
            });

    assertThat(kinds).containsExactly("credentials", "identities", "resources", "role-assignments");
    assertThat(kinds)
        .allSatisfy(
            kind ->
                assertThat(Metric.INVENTORY_AGE.labels())
                    .singleElement()
                    .satisfies(label -> assertThat(label.meaning()).contains("`" + kind + "`")));
  }
}
