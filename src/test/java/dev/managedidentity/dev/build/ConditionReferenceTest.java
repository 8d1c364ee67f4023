package dev.managedidentity.dev.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.build.ConditionReference.Effect;
import dev.managedidentity.operator.plan.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConditionReferenceTest {
  private static final Pattern PROBLEM =
      Pattern.compile("new (?:Problem\\.|Verdict\\.)?([A-Z]\\w+)\\(\\s*Reason\\.([A-Z_]+)");

  /** The page says by reason what the code decides by the kind of problem. */
  @Test
  void reasonsHaveTheEffectOfTheProblemsThatTheCodeReportsWithThem() throws IOException {
    try (var files = Files.walk(Path.of("src/main/java"))) {
      var problems =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .flatMap(file -> PROBLEM.matcher(read(file)).results())
              .toList();

      assertThat(problems)
          .isNotEmpty()
          .allSatisfy(
              problem ->
                  assertThat(Effect.of(Reason.valueOf(problem.group(2))))
                      .as(problem.group())
                      .isEqualTo(effect(problem)));
    }
  }

  private static Effect effect(MatchResult problem) {
    return switch (problem.group(1)) {
      case "Waiting" -> Effect.WAIT;
      case "Proven" -> Effect.PROOF;
      case "Progressing" -> Effect.WORK;
      default -> Effect.PERSON;
    };
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
