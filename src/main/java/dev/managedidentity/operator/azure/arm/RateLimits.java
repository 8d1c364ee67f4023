package dev.managedidentity.operator.azure.arm;

import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaders;
import dev.managedidentity.operator.azure.arm.ArmReply.Answered;
import dev.managedidentity.operator.azure.budget.Result;
import java.time.Instant;
import java.util.Locale;

/** What answers say about limits: Azure refuses with 429, and counts down in headers before. */
final class RateLimits {
  private static final String REMAINING = "x-ms-ratelimit-remaining-";

  private RateLimits() {}

  static Result result(ArmReply reply, Instant now) {
    return switch (reply) {
      case Answered answered when answered.status() == 429 ->
          new Result.Refused(RetryAfter.of(answered.headers(), now));
      case Answered answered when answered.status() < 500 ->
          new Result.Taken(left(answered.headers()));
      case Answered _, ArmReply.Silent _, ArmReply.Held _ -> new Result.Unknown();
    };
  }

  /** The least that is left of anything. */
  private static int left(HttpHeaders headers) {
    return headers.stream()
        .filter(header -> header.getName().toLowerCase(Locale.ROOT).startsWith(REMAINING))
        .map(HttpHeader::getValue)
        .filter(value -> value.matches("\\d{1,9}"))
        .mapToInt(Integer::parseInt)
        .min()
        .orElse(Integer.MAX_VALUE);
  }
}
