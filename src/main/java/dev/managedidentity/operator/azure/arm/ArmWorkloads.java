package dev.managedidentity.operator.azure.arm;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.policy.AddHeadersPolicy;
import com.azure.core.util.Configuration;
import com.azure.core.util.Context;
import dev.managedidentity.operator.azure.AccessToken;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Assertion;
import dev.managedidentity.operator.azure.Cloud;
import dev.managedidentity.operator.azure.Login;
import dev.managedidentity.operator.azure.Permission;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.azure.WorkloadGateway;
import dev.managedidentity.operator.azure.arm.ArmReply.Answered;
import dev.managedidentity.operator.azure.budget.Budgets;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The port of workloads, spoken to Microsoft Entra ID and Azure Resource Manager. It sends what
 * azure-identity sends for a client assertion, by itself: MSAL keeps tokens and hides which of
 * Entra's codes it met. Nothing here logs.
 */
public final class ArmWorkloads implements WorkloadGateway {
  /** Reads the body before the answer is returned, so that the time-out covers it. */
  private static final Context WHOLE_BODY = new Context("azure-eagerly-read-response", true);

  private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("client-request-id");
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private static final int CONNECTIONS = 64;

  private final Semaphore connections = new Semaphore(CONNECTIONS, true);
  private final HttpClient http;
  private final Configuration configuration;
  private final Cloud cloud;
  private final InstantSource clock;
  private final ProblemClassifier classifier;
  private final ArmEndpoint links;

  /** Azure counts what each caller asks apart: a workload's calls are not the operator's. */
  private final Budgets budgets = new Budgets(System::nanoTime, Budgets.Meter.NONE);

  /** Speaks to a cloud through a client that never retries. */
  ArmWorkloads(HttpClient http, Configuration configuration, Cloud cloud, InstantSource clock) {
    this.http = http;
    this.configuration = configuration;
    this.cloud = cloud;
    this.clock = clock;
    this.classifier = new ProblemClassifier(clock);
    this.links = new ArmEndpoint(cloud.resourceManagerEndpoint());
  }

  @Override
  public Answer<AccessToken> exchange(Login login, Assertion assertion) {
    return inTurn(() -> exchangeNow(login, assertion));
  }

  @Override
  public Answer<List<Permission>> listPermissions(AccessToken token, String scope) {
    return inTurn(() -> listPermissionsNow(token, scope));
  }

  private <T> Answer<T> inTurn(Supplier<Answer<T>> call) {
    try {
      connections.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Failed<>(
          Silence.problem("Azure", new IllegalStateException(e)), Receipt.NONE);
    }
    try {
      return call.get();
    } finally {
      connections.release();
    }
  }

  private Answer<AccessToken> exchangeNow(Login login, Assertion assertion) {
    var requestId = UUID.randomUUID().toString();
    var receipt = new Receipt(requestId); // by which Entra's sign-in log knows it
    return switch (send(request(login, assertion, requestId))) {
      case ArmReply.Silent(var cause) ->
          new Answer.Failed<>(Silence.problem("Microsoft Entra ID", cause), Receipt.NONE);
      case ArmReply.Held(var rest) ->
          new Answer.Failed<>(
              new Problem.Throttled(rest, "Microsoft Entra ID asked to wait."), Receipt.NONE);
      case Answered reply when reply.isSuccess() ->
          EntraReplies.token(reply)
              .<Answer<AccessToken>>map(token -> new Answer.Done<>(token, receipt))
              .orElseGet(() -> new Answer.Failed<>(withoutToken(), receipt));
      case Answered reply ->
          new Answer.Failed<>(EntraReplies.problem(reply, clock.instant()), receipt);
    };
  }

  private Answer<List<Permission>> listPermissionsNow(AccessToken token, String scope) {
    var channel =
        new ArmChannel(
            pipeline(HttpHeaderName.AUTHORIZATION, "Bearer " + token.value()),
            cloud.resourceManagerEndpoint(),
            budgets,
            clock);
    var answer = new ArmLists(new ArmCalls(channel, classifier), links).permissions(scope);
    return switch (answer) {
      case Answer.Failed<List<Permission>>(Problem.Denied(var reason, var detail), var receipt) ->
          reason == Reason.AUTHORIZATION_FAILED
              ? new Answer.Done<>(List.of(), receipt)
              : new Answer.Failed<>(notAccepted(detail), receipt);
      case Answer.Failed<List<Permission>> failed -> failed;
      case Answer.Done<List<Permission>> done -> done;
    };
  }

  private ArmReply send(HttpRequest request) {
    try (var response =
        pipeline(HttpHeaderName.ACCEPT, "application/json").sendSync(request, WHOLE_BODY)) {
      var body = response.getBodyAsBinaryData();
      return new Answered(
          response.getStatusCode(), response.getHeaders(), body == null ? "" : body.toString());
    } catch (RuntimeException e) { // the SDK throws many kinds; Silence tells them apart
      if (e.getCause() instanceof InterruptedException) { // which the SDK forgot
        Thread.currentThread().interrupt();
      }
      return new ArmReply.Silent(e);
    }
  }

  private HttpPipeline pipeline(HttpHeaderName header, String value) {
    var headers = new HttpHeaders().set(header, value);
    return AzureClients.pipeline(http, configuration, new AddHeadersPolicy(headers));
  }

  private HttpRequest request(Login login, Assertion assertion, String requestId) {
    var form =
        Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            login.clientId(),
            "client_assertion_type",
            ASSERTION_TYPE,
            "client_assertion",
            assertion.value(),
            "scope",
            cloud.resourceManagerAudience() + "/.default");
    var url = "%s/%s/oauth2/v2.0/token".formatted(cloud.authorityHost(), encoded(login.tenantId()));
    return new HttpRequest(HttpMethod.POST, url)
        .setHeader(HttpHeaderName.CONTENT_TYPE, "application/x-www-form-urlencoded")
        .setHeader(REQUEST_ID, requestId)
        .setBody(
            form.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&")));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Problem withoutToken() {
    return new Problem.Unexpected("Microsoft Entra ID's answer holds no access token.");
  }

  /** Entra gave it, so it is no credential of the operator's that is wrong. */
  private static Problem notAccepted(String detail) {
    return new Problem.Unexpected(
        "Azure Resource Manager did not accept the identity's token: " + detail);
  }
}
