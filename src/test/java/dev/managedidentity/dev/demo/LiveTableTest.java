package dev.managedidentity.dev.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTableTest {
  private static final Row NEW = new Row("managedidentity/orders", "", "", "");
  private static final Row READY = new Row("managedidentity/orders", "True", "Provisioned", "c1");
  private static final Row OTHER = new Row("identitybinding/orders", "True", "Bound", "c1");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void withoutATerminalEachChangeIsALine() {
    var table = table(false);

    table.show(List.of(NEW, OTHER));
    table.show(List.of(NEW, OTHER));
    table.show(List.of(READY, OTHER));
    table.show(List.of(OTHER));

    assertThat(lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("NAME", "READY", "REASON", "CLIENT ID"),
            line -> assertThat(line).endsWith("managedidentity/orders"),
            line -> assertThat(line).contains("identitybinding/orders"),
            line -> assertThat(line).contains("managedidentity/orders", "Provisioned"),
            line -> assertThat(line).contains("managedidentity/orders", "gone"));
  }

  @Test
  void onATerminalTheTableIsDrawnOverTheOneBefore() {
    var table = table(true);

    table.show(List.of(NEW, OTHER));
    table.show(List.of(NEW, OTHER));
    table.show(List.of(READY, OTHER));

    assertThat(printed.toString(StandardCharsets.UTF_8)).containsOnlyOnce("\u001b[3A\u001b[J");
    assertThat(lines()).hasSize(2 * 3 + 1);
  }

  private LiveTable table(boolean isTerminal) {
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new LiveTable(new Narration(out, isTerminal, 9));
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
