package dev.managedidentity.operator.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void makesOneLineOfWhatAzureSaid() {
    assertThat(Words.shorten(" one\r\n\ttwo\u2028three\u0007four "))
        .isEqualTo("one two three four");
  }

  @Test
  void shortensToAThousandCharacters() {
    assertThat(Words.shorten("x".repeat(1_000))).hasSize(1_000).doesNotContain("…");
    assertThat(Words.shorten("x".repeat(1_001))).hasSize(1_000).endsWith("x…");
  }

  @Test
  void neverShowsATokenNotEvenOneCutShort() {
    var token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln-bmF0_dXJl";
    assertThat(Words.shorten("The assertion '" + token + "' is wrong"))
        .isEqualTo("The assertion '[token removed]' is wrong");
    assertThat(Words.shorten("x".repeat(990) + token)).doesNotContain("eyJ");
  }

  @Test
  void leavesOutWhatDiffersEachTimeSoThatAConditionDoesNotChange() {
    assertThat(
            Words.shorten(
                "AADSTS70025: No credentials. Trace ID: 4ef9-c2\r\nCorrelation ID: 731c-f9\r\n"
                    + "Timestamp: 2026-01-18 00:16:16Z Ask."))
        .isEqualTo("AADSTS70025: No credentials. Ask.");
  }

  @Test
  void namesTheKindOfAnExceptionWithoutMessage() {
    assertThat(Words.of(new ConnectException())).isEqualTo("ConnectException");
    assertThat(Words.of(new ConnectException("refused"))).isEqualTo("ConnectException: refused");
  }

  @Test
  void leavesOutNamesOfClassesAndAddsTheFirstCause() {
    assertThat(
            Words.of(
                "No token: java.util.concurrent.ExecutionException: a.b.MsalException: AADSTS7",
                new IllegalStateException("AADSTS7")))
        .isEqualTo("No token: AADSTS7");
    assertThat(Words.of("No token: java.net.ConnectException", new ConnectException()))
        .isEqualTo("No token: (ConnectException)");
  }
}
