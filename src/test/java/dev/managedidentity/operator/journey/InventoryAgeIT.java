package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.apiserver.UsesControlPlane;
import dev.managedidentity.operator.runtime.Metric;
import java.time.Duration;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How old each list of the inventory is can be asked at any time. */
@UsesControlPlane
@UsesOperator
class InventoryAgeIT {
  @Test
  void everyKindThatIsListedHasTheLabelThatTheDocumentationNames(Team team) {
    var ages = new TreeMap<String, Supplier<Duration>>();

    team.operator().operator().showInventoryAges(ages::put);

    assertThat(ages).containsOnlyKeys("credentials", "identities", "resources", "role-assignments");
    assertThat(ages.keySet())
        .allSatisfy(
            kind ->
                assertThat(Metric.INVENTORY_AGE.labels())
                    .singleElement()
                    .satisfies(label -> assertThat(label.meaning()).contains("`" + kind + "`")));
  }
}
