package dev.managedidentity.operator.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Retry-After | 17 | PT17S",
        "Retry-After | Tue, 01 Jan 2030 00:01:30 GMT | PT1M30S",
        "Retry-After | Tue, 01 Jan 2030 00:00:00 GMT | PT1S",
        "Retry-After | Mon, 31 Dec 2029 23:00:00 GMT | PT1S",
        "Retry-After | 0 | PT1S",
        "Retry-After | 7200 | PT1H",
        "Retry-After | soon | PT10S",
        "Retry-After | -5 | PT10S",
        "retry-after-ms | 2500 | PT2.5S",
        "x-ms-retry-after-ms | 2500 | PT2.5S",
      })
  void readsEveryWayOfAzureToSayHowLong(String header, String value, Duration expected) {
    assertThat(RetryAfter.of(RecordedHttp.headers(Map.of(header, value)), NOW)).isEqualTo(expected);
  }

  @Test
  void prefersMillisecondsBecauseTheyAreMoreExact() {
    var headers = RecordedHttp.headers(Map.of("Retry-After", "3", "retry-after-ms", "2100"));
    assertThat(RetryAfter.of(headers, NOW)).isEqualTo(Duration.ofMillis(2_100));
  }

  @Test
  void waitsTenSecondsWhenAzureDoesNotSay() {
    assertThat(RetryAfter.of(RecordedHttp.headers(Map.of()), NOW))
        .isEqualTo(Duration.ofSeconds(10));
  }
}
