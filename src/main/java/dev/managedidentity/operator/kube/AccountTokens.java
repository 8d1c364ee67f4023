package dev.managedidentity.operator.kube;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.managedidentity.operator.azure.Assertion;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the API server for tokens of service accounts, each for one audience and ten minutes. No
 * more is allowed: an admission policy that ships beside it refuses it.
 */
public final class AccountTokens {
  /** The shortest that the API server gives. */
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private final KubernetesClient client;

  public AccountTokens(KubernetesClient client) {
    this.client = client;
  }

  /** What the API server answered. */
  public sealed interface Reply {
    /** A token. */
    record Issued(Assertion assertion) implements Reply {}

    /** None, and why. */
    record Refused(Problem problem) implements Reply {}
  }

  /** A new token of the account, for this audience alone. */
  public Reply request(String namespace, String account, String audience) {
    var request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withAudiences(audience)
            .withExpirationSeconds(LIFETIME.toSeconds())
            .endSpec()
            .build();
    try {
      var answer =
          client.serviceAccounts().inNamespace(namespace).withName(account).tokenRequest(request);
      return assertion(answer)
          .<Reply>map(Reply.Issued::new)
          .orElseGet(() -> new Reply.Refused(withoutToken(namespace, account)));
    } catch (KubernetesClientException e) {
      return new Reply.Refused(problem("Service account %s/%s".formatted(namespace, account), e));
    }
  }

  private static Optional<Assertion> assertion(@Nullable TokenRequest answer) {
    var token = answer == null || answer.getStatus() == null ? null : answer.getStatus().getToken();
    return token == null ? Optional.empty() : assertion(token);
  }

  /** Whatever is wrong with a token is not repeated: it might be one. */
  private static Optional<Assertion> assertion(String token) {
    try {
      var claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
      var issuer = new ObjectMapper().readTree(claims).path("iss").textValue();
      return issuer == null ? Optional.empty() : Optional.of(new Assertion(token, issuer));
    } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
      return Optional.empty();
    }
  }

  private static Problem withoutToken(String namespace, String account) {
    return new Problem.Unexpected(
        "Service account %s/%s: the API server's answer holds no signed token."
            .formatted(namespace, account));
  }

  private static Problem problem(String account, KubernetesClientException e) {
    var problem = ServerReply.problem(account, e);
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        ? new Problem.Waiting(Reason.SERVICE_ACCOUNT_NOT_FOUND, problem.detail())
        : problem;
  }
}
