package dev.managedidentity.dev.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NarrationTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Narration narration =
      new Narration(new PrintStream(printed, true, StandardCharsets.UTF_8), false, 2);

  @Test
  void stepsAreNumberedAndTimed() {
    narration.step("Begin", () -> narration.say("something\nand more"));

    assertThat(text()).contains("[1/2] Begin\n      something\n      and more\n      done in 0.");
  }

  @Test
  void aFailureNamesTheStepAndEveryCause() {
    narration.step("Begin", () -> {});
    narration.fail(new IllegalStateException("no answer", new RuntimeException("no network")));

    assertThat(text())
        .containsSubsequence("FAILED in step 1 of 2, after ", "no answer", "no network");
  }

  @Test
  void longTextIsBrokenAtSpaces() {
    narration.sayAtLength("word ".repeat(40).strip());

    assertThat(text().lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).matches(" {6}word( word)*").hasSizeLessThan(100));
  }

  @Test
  void minutesAreNotCountedInSeconds() {
    assertThat(Narration.seconds(Duration.ofMillis(1_449))).isEqualTo("1.4 s");
    assertThat(Narration.seconds(Duration.ofSeconds(61))).isEqualTo("1 min 01 s");
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
