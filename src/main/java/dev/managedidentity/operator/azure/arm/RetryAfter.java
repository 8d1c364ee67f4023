package dev.managedidentity.operator.azure.arm;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How long Azure asks to wait, in any of the ways in which its services say so. */
final class RetryAfter {
  private static final Duration UNSAID = Duration.ofSeconds(10);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final HttpHeaderName MILLISECONDS = HttpHeaderName.fromString("retry-after-ms");
  private static final HttpHeaderName AZURE_MILLISECONDS =
      HttpHeaderName.fromString("x-ms-retry-after-ms");

  private RetryAfter() {}

  /** From one second to an hour; ten seconds when Azure does not say. */
  static Duration of(HttpHeaders headers, Instant now) {
    var wait = milliseconds(headers.getValue(MILLISECONDS));
    wait = wait != null ? wait : milliseconds(headers.getValue(AZURE_MILLISECONDS));
    wait = wait != null ? wait : secondsOrDate(headers.getValue(HttpHeaderName.RETRY_AFTER), now);
    if (wait == null) {
      return UNSAID;
    }
    if (wait.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  private static @Nullable Duration milliseconds(@Nullable String value) {
    var number = number(value);
    return number == null ? null : Duration.ofMillis(number);
  }

  private static @Nullable Duration secondsOrDate(@Nullable String value, Instant now) {
    var number = number(value);
    if (number != null) {
      return Duration.ofSeconds(number);
    }
    try {
      return value == null
          ? null
          : Duration.between(
              now, ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static @Nullable Long number(@Nullable String value) {
    return value != null && value.strip().matches("\\d{1,12}") ? Long.valueOf(value.strip()) : null;
  }
}
