package dev.managedidentity.operator.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.azure.AccessToken;
import dev.managedidentity.operator.azure.arm.ArmReply.Answered;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Entra says and what it means; the texts are as seen on the wire, but for the last rows. */
class EntraRepliesTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final String TRACE =
      " Trace ID: 4ef9c26a-e731-4572-b4d3-f8c0e6362200 Correlation ID:"
          + " 731cf9a5-5359-45d2-b058-4f8f2570e1fc Timestamp: 2026-01-18 00:16:16Z";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | AADSTS700211: No matching federated identity record found for presented assertion issuer 'i'. | Waiting | TOKEN_EXCHANGE_PENDING
          401 | AADSTS700213: No matching federated identity record found for presented assertion subject 's'. | Waiting | TOKEN_EXCHANGE_PENDING
          400 | AADSTS70021: No matching federated identity record found for presented assertion. | Waiting | TOKEN_EXCHANGE_PENDING
          401 | AADSTS70025: Client application has no configured federated identity credentials. | Waiting | TOKEN_EXCHANGE_PENDING
          400 | AADSTS700016: Application with identifier 'c' was not found in the directory 't'. | Waiting | TOKEN_EXCHANGE_PENDING
          401 | AADSTS700212: No matching federated identity record found for presented assertion audience 'a'. | Waiting | TOKEN_AUDIENCE_REFUSED
          401 | AADSTS7000272: The certificate with identifier k used to sign the federated credential could not be found. | Waiting | TOKEN_SIGNATURE_REFUSED
          401 | AADSTS7000274: The signature does not verify. | Waiting | TOKEN_SIGNATURE_REFUSED
          400 | AADSTS90061: Request to External OIDC endpoint failed. | Waiting | ENTRA_CANNOT_REACH_ISSUER
          401 | AADSTS7002138: The subject matches with case-insensitive comparison. | Rejected | SUBJECT_CASE_DIFFERS
          400 | AADSTS90002: Tenant 't' not found. | Rejected | TENANT_NOT_FOUND
          400 | AADSTS50049: Unknown or invalid instance. | Rejected | TENANT_NOT_FOUND
          400 | AADSTS50027: JWT token is invalid or malformed. | Rejected | TOKEN_EXCHANGE_REFUSED
          400 | AADSTS53003: Access has been blocked by Conditional Access policies. | Rejected | TOKEN_EXCHANGE_REFUSED
          400 | A text without a code. | Rejected | TOKEN_EXCHANGE_REFUSED
          503 | AADSTS90033: A transient error has occurred. Please try again. | Unreachable | UNREACHABLE
          400 | AADSTS90033: A transient error has occurred. Please try again. | Unreachable | UNREACHABLE
          500 | AADSTS700211: Whatever it says. | Unreachable | UNREACHABLE
          400 | AADSTS50196: The server terminated an operation because it encountered a client request loop. | Throttled | THROTTLED
          400 | AADSTS90055: The tenant is throttled. | Throttled | THROTTLED
          """)
  void aRefusalMeans(int status, String said, String kind, Reason reason) {
    var problem = problem(status, said + TRACE);

    assertThat(problem.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(problem.reason()).isEqualTo(reason);
    assertThat(problem.detail()).isEqualTo(said);
  }

  @Test
  void clocksThatDifferAreToldInTheSameWordsEachTime() {
    assertThat(
            problem(
                401,
                "AADSTS700024: Client assertion is not within its valid time range. Current time:"
                    + " 2023-05-30T05:19:20.3135329Z, assertion valid from"
                    + " 2023-02-28T08:57:37.0000000Z, expiry time of assertion"
                    + " 2023-02-28T09:57:37.0000000Z. Review the documentation."))
        .isEqualTo(
            new Problem.Rejected(
                Reason.CLOCKS_DIFFER,
                "AADSTS700024: Client assertion is not within its valid time range. Review the"
                    + " documentation."));
  }

  @Test
  void aTokenInARefusalIsCutOut() {
    assertThat(problem(400, "AADSTS50027: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln' is bad."))
        .isEqualTo(
            new Problem.Rejected(
                Reason.TOKEN_EXCHANGE_REFUSED, "AADSTS50027: '[token removed]' is bad."));
  }

  @Test
  void throttlingTellsHowLong() {
    assertThat(EntraReplies.problem(reply(429, Map.of("Retry-After", "17"), "{}"), NOW))
        .isEqualTo(
            new Problem.Throttled(
                Duration.ofSeconds(17),
                "Microsoft Entra ID answered HTTP 429 and did not say why."));
    assertThat(problem(400, "AADSTS50196: A loop."))
        .isEqualTo(new Problem.Throttled(Duration.ofMinutes(1), "AADSTS50196: A loop."));
  }

  @Test
  void aPageOfSomethingInBetweenIsNotRepeated() {
    assertThat(EntraReplies.problem(reply(502, Map.of(), "<html>your request: ...</html>"), NOW))
        .isEqualTo(
            new Problem.Unreachable("Microsoft Entra ID answered HTTP 502 and did not say why."));
  }

  @Test
  void aGoodAnswerHoldsAToken() {
    assertThat(EntraReplies.token(reply(200, Map.of(), "{\"access_token\":\"eyJ.a-_~.b\"}")))
        .contains(new AccessToken("eyJ.a-_~.b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "eyJhbGciOiJSUzI1NiJ9",
        "{\"access_token\":\"\"}",
        "{\"access_token\":\"two words\"}",
        "{\"access_token\":\"line\\nbreak\"}",
        "{\"access_token\":{}}",
        "{\"access_token\":\"eyJ"
      })
  void whatHoldsNoTokenHasNone(String body) {
    assertThat(EntraReplies.token(reply(200, Map.of(), body))).isEmpty();
  }

  private static Problem problem(int status, String said) {
    return EntraReplies.problem(
        reply(status, Map.of(), "{\"error\":\"e\",\"error_description\":\"%s\"}".formatted(said)),
        NOW);
  }

  private static Answered reply(int status, Map<String, String> headers, String body) {
    return new Answered(status, RecordedHttp.headers(headers), body);
  }
}
