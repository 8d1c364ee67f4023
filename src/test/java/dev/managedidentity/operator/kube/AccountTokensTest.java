package dev.managedidentity.operator.kube;

import static dev.managedidentity.operator.kube.ScriptedApiServer.body;
import static dev.managedidentity.operator.kube.ScriptedApiServer.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.azure.Assertion;
import dev.managedidentity.operator.azure.SignedToken;
import dev.managedidentity.operator.kube.AccountTokens.Reply;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTokensTest {
  private static final String PATH = "/api/v1/namespaces/shop/serviceaccounts/orders-api/token";
  private static final String TOKEN = SignedToken.of("{\"iss\":\"https://issuer.example\"}");

  private final ScriptedApiServer api = new ScriptedApiServer();
  private final AccountTokens tokens = new AccountTokens(api.client());

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void asksForOneAudienceAndTenMinutes() {
    api.onPost(PATH, 201, answer(TOKEN));

    var reply = request();

    assertThat(reply).isEqualTo(new Reply.Issued(new Assertion(TOKEN, "https://issuer.example")));
    assertThat(body(api.requests().getLast()).path("spec"))
        .hasToString("{\"audiences\":[\"api://X\"],\"expirationSeconds\":600}");
  }

  @Test
  void printsNoToken() {
    api.onPost(PATH, 201, answer(TOKEN));

    assertThat(request().toString()).contains("https://issuer.example").doesNotContain("eyJ");
  }

  @Test
  void anAccountThatIsNotThereIsWaitedFor() {
    api.onPost(PATH, 404, failure(404, "NotFound", "serviceaccounts \"orders-api\" not found"));

    assertThat(request())
        .isEqualTo(
            new Reply.Refused(
                new Problem.Waiting(
                    Reason.SERVICE_ACCOUNT_NOT_FOUND,
                    "Service account shop/orders-api: serviceaccounts \"orders-api\" not found.")));
  }

  @Test
  void aFenceIsNamed() {
    api.onPost(PATH, 403, failure(403, "Forbidden", "denied: only for api://Y"));

    assertThat(request())
        .isEqualTo(
            new Reply.Refused(
                new Problem.Denied(
                    Reason.KUBERNETES_FORBIDDEN,
                    "Service account shop/orders-api: denied: only for api://Y.")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eyJhbGciOiJub25lIn0", "a.eyJ.c", "a.W10.c", "", "a.!.c"})
  void whatIsNoTokenIsNotRepeated(String token) {
    api.onPost(PATH, 201, answer(token));

    assertThat(request())
        .isEqualTo(
            new Reply.Refused(
                new Problem.Unexpected(
                    "Service account shop/orders-api: the API server's answer holds no signed"
                        + " token.")));
  }

  @Test
  void aServerThatIsGoneIsUnreachable() {
    api.stop();

    assertThat(request())
        .isInstanceOfSatisfying(
            Reply.Refused.class,
            refused -> assertThat(refused.problem()).isInstanceOf(Problem.Unreachable.class));
  }

  private Reply request() {
    return tokens.request("shop", "orders-api", "api://X");
  }

  private static String answer(String token) {
    return """
    {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
     "status": {"token": "%s", "expirationTimestamp": "2030-01-01T00:00:00Z"}}
    """
        .formatted(token);
  }
}
