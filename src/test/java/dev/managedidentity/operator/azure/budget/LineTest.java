package dev.managedidentity.operator.azure.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.plan.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LineTest {
  private final Line<String> line = new Line<>();

  @Test
  void editsGoBeforeUpkeepAndEachInTheOrderTheyCame() {
    line.join(Urgency.UPKEEP, "u1");
    line.join(Urgency.UPKEEP, "u2");
    line.join(Urgency.EDIT, "e1");
    line.join(Urgency.EDIT, "e2");

    assertThat(serve(4)).containsExactly("e1", "e2", "u1", "u2");
  }

  @Test
  void everyTenthPlaceIsForUpkeep() {
    line.join(Urgency.UPKEEP, "u1");
    line.join(Urgency.UPKEEP, "u2");
    for (var i = 1; i <= 30; i++) {
      line.join(Urgency.EDIT, "e" + i);
    }

    var served = serve(22);

    assertThat(served.get(9)).isEqualTo("u1");
    assertThat(served.get(19)).isEqualTo("u2");
    assertThat(served).doesNotHaveDuplicates().endsWith("e20");
  }

  @Test
  void whoLeavesIsForgotten() {
    line.join(Urgency.EDIT, "e1");
    line.join(Urgency.EDIT, "e2");

    line.leave(Urgency.EDIT, "e1");

    assertThat(line.next()).isEqualTo("e2");
    assertThat(line.size()).isEqualTo(1);
  }

  @Test
  void nobodyIsNextWhenNobodyWaits() {
    assertThat(line.next()).isNull();
  }

  private List<String> serve(int count) {
    var served = new ArrayList<String>();
    while (served.size() < count) {
      var next = Objects.requireNonNull(line.next());
      served.add(next);
      line.count();
      for (var urgency : Urgency.values()) {
        line.leave(urgency, next);
      }
    }
    return served;
  }
}
