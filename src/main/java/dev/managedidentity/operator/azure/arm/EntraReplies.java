package dev.managedidentity.operator.azure.arm;

import dev.managedidentity.operator.azure.AccessToken;
import dev.managedidentity.operator.azure.arm.ArmReply.Answered;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says what the answers of Microsoft Entra ID to an exchange mean. Of a good answer nothing is ever
 * repeated, of a bad one only the text of the error.
 *
 * <p>Whatever passes by itself is {@link Problem.Waiting}: it makes Ready False only when it lasts.
 * That is so for issuers and keys too, which Entra fetches over the Internet and remembers for a
 * while.
 */
final class EntraReplies {
  private static final Pattern CODE = Pattern.compile("AADSTS(\\d{4,9})\\b");

  /** Different at each try, for each try has a token of its own. */
  private static final Pattern TIMES =
      Pattern.compile(" Current time: [^,]*, assertion valid from [^,]*, expiry[^,]*?Z\\.");

  /** What Entra calls a loop it refuses for minutes, and does not say so. */
  private static final Duration LOOP = Duration.ofMinutes(1);

  private EntraReplies() {}

  /** The token in a good answer; empty when there is none. */
  static Optional<AccessToken> token(Answered reply) {
    try {
      var token = reply.object().text("access_token");
      return token == null ? Optional.empty() : Optional.of(new AccessToken(token));
    } catch (IOException | IllegalArgumentException _) { // either might repeat the token
      return Optional.empty();
    }
  }

  /** What a refusal means. */
  static Problem problem(Answered reply, Instant now) {
    var said = description(reply);
    var detail =
        said.isEmpty()
            ? "Microsoft Entra ID answered HTTP %d and did not say why.".formatted(reply.status())
            : Words.shorten(TIMES.matcher(said).replaceAll(""));
    if (reply.status() == 408 || reply.status() >= 500) {
      return new Problem.Unreachable(detail);
    }
    if (reply.status() == 429) {
      return new Problem.Throttled(RetryAfter.of(reply.headers(), now), detail);
    }
    var code = CODE.matcher(said);
    return code.find()
        ? problem(Integer.parseInt(code.group(1)), detail)
        : new Problem.Rejected(Reason.TOKEN_EXCHANGE_REFUSED, detail);
  }

  private static Problem problem(int code, String detail) {
    return switch (code) {
      // no such issuer, subject, either of them, any credential, client
      case 700211, 700213, 70021, 70025, 700016 ->
          new Problem.Waiting(Reason.TOKEN_EXCHANGE_PENDING, detail);
      case 700212 -> new Problem.Waiting(Reason.TOKEN_AUDIENCE_REFUSED, detail);
      case 7000272, 7000274 -> new Problem.Waiting(Reason.TOKEN_SIGNATURE_REFUSED, detail);
      case 90061 -> new Problem.Waiting(Reason.ENTRA_CANNOT_REACH_ISSUER, detail);
      case 7002138 -> new Problem.Rejected(Reason.SUBJECT_CASE_DIFFERS, detail);
      case 700024 -> new Problem.Rejected(Reason.CLOCKS_DIFFER, detail);
      // no such tenant, no name of one, an authority that Entra does not know
      case 90002, 900023, 50049 -> new Problem.Rejected(Reason.TENANT_NOT_FOUND, detail);
      case 90006, 90012, 90033 -> new Problem.Unreachable(detail);
      // the tenant is throttled, a loop
      case 90055, 50196 -> new Problem.Throttled(LOOP, detail);
      default -> new Problem.Rejected(Reason.TOKEN_EXCHANGE_REFUSED, detail);
    };
  }

  /** Only Entra's own words: a proxy's page might hold anything. */
  private static String description(Answered reply) {
    try {
      var said = reply.object().text("error_description");
      return said == null ? "" : said;
    } catch (IOException _) {
      return "";
    }
  }
}
