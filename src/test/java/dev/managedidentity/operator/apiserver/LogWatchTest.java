package dev.managedidentity.operator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class LogWatchTest {
  private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln";

  private final LogWatch watch = LogWatch.start();

  @AfterEach
  void close() {
    watch.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TOKEN,
        "Bearer " + TOKEN,
        "{\"a\":\"" + TOKEN + "\"}",
        "client_assertion=" + TOKEN + "&x",
        "eyJhbGciOiJSUzI1NiJ9",
      })
  void aTokenIsFoundInAnyText(String text) {
    assertThat(WrittenTokens.in(text)).containsExactly("eyJhbGciOiJS...");
  }

  @Test
  void plainTextHoldsNoToken() {
    assertThat(WrittenTokens.in("eyJ monkeyJungle key=abc.def.ghi [token removed]")).isEmpty();
  }

  @Test
  void tokensAreHeardAtLevelsThatAreNotPrintedAndInExceptions() {
    var ours = LoggerFactory.getLogger("dev.managedidentity.operator.Some");
    ours.trace("the token {}", TOKEN);
    ours.debug("failed", new IllegalStateException("a", new IllegalArgumentException(TOKEN)));
    ours.debug("nothing");

    assertThat(watch.tokens())
        .containsExactly(
            "dev.managedidentity.operator.Some: eyJhbGciOiJS...",
            "dev.managedidentity.operator.Some: eyJhbGciOiJS...");
  }

  @Test
  void librariesAreHeardToo() {
    LoggerFactory.getLogger("io.other").warn("the token {}", "eyJhbGciOiJub25lIn0");

    assertThat(watch.tokens()).containsExactly("io.other: eyJhbGciOiJu...");
  }

  @Test
  void afterItsEndNothingIsHeard() {
    watch.close();
    LoggerFactory.getLogger("io.other").warn("the token {}", "eyJhbGciOiJSUzI1NiJ9");

    assertThat(watch.tokens()).isEmpty();
  }
}
