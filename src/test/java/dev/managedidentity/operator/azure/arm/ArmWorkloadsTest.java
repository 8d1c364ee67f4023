package dev.managedidentity.operator.azure.arm;

import static dev.managedidentity.operator.azure.arm.EmulatedAzure.problem;
import static dev.managedidentity.operator.azure.arm.EmulatedAzure.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.util.Configuration;
import dev.managedidentity.operator.azure.AccessToken;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Assertion;
import dev.managedidentity.operator.azure.Cloud;
import dev.managedidentity.operator.azure.Login;
import dev.managedidentity.operator.azure.Permission;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArmWorkloadsTest {
  private static final Login LOGIN = new Login("tenant-1", "client-1");
  private static final Assertion ASSERTION = new Assertion("eyJhbGc.eyJzdWI.c2ln", "https://i");
  private static final AccessToken TOKEN = new AccessToken("access-1");
  private static final String SCOPE = "/subscriptions/s-1";
  private static final Permission READ =
      new Permission(List.of("*/read"), List.of("a/read"), List.of("b/*"), List.of("b/write"));
  private static final String READ_JSON =
      """
      {"actions":["*/read"],"notActions":["a/read"],"dataActions":["b/*"],\
      "notDataActions":["b/write"]}\
      """;

  private final RecordedHttp http = new RecordedHttp();
  private final ArmWorkloads workloads =
      new ArmWorkloads(
          http,
          Configuration.NONE,
          Cloud.custom("https://login.test", "https://arm.test", "https://audience.test", null),
          InstantSource.system());

  @Test
  void asksForATokenAsAzureIdentityDoes() {
    http.answering(200, "{\"token_type\":\"Bearer\",\"access_token\":\"access-1\"}");

    var answer = workloads.exchange(LOGIN, ASSERTION);

    assertThat(value(answer)).isEqualTo(TOKEN);
    assertThat(http.lines()).containsExactly("POST https://login.test/tenant-1/oauth2/v2.0/token");
    assertThat(form(http.lastBody()))
        .isEqualTo(
            Map.of(
                "grant_type", "client_credentials",
                "client_id", "client-1",
                "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion", ASSERTION.value(),
                "scope", "https://audience.test/.default"));
    assertThat(header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(header("Authorization")).isNull();
    assertThat(answer.receipt()).isEqualTo(new Receipt(header("client-request-id")));
  }

  /**
   * Hosts as in https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
   */
  @ParameterizedTest
  @CsvSource({
    "https://login.microsoftonline.com, https://management.azure.com, Public",
    "https://login.microsoftonline.us, https://management.usgovcloudapi.net, USGovernment",
    "https://login.partner.microsoftonline.cn, https://management.chinacloudapi.cn, China"
  })
  void eachCloudSignsInAtItsOwnAuthority(String authority, String manager, String name) {
    var cloud =
        Stream.of(Cloud.PUBLIC, Cloud.US_GOVERNMENT, Cloud.CHINA)
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    http.answering(200, "{\"token_type\":\"Bearer\",\"access_token\":\"access-1\"}")
        .answering(200, "{\"value\":[]}");
    var there = new ArmWorkloads(http, Configuration.NONE, cloud, InstantSource.system());

    var token = value(there.exchange(LOGIN, ASSERTION));
    there.listPermissions(token, SCOPE);

    assertThat(form(http.requests().getFirst().getBodyAsBinaryData().toString()))
        .containsEntry("scope", manager + "/.default");
    assertThat(http.requests())
        .extracting(request -> request.getUrl().toString())
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo(authority + "/tenant-1/oauth2/v2.0/token"),
            second -> assertThat(second).startsWith(manager + SCOPE));
  }

  @Test
  void anAnswerWithoutATokenIsNotRepeated() {
    http.answering(200, "{\"access_token\":\"secret words\"}");

    assertThat(problem(workloads.exchange(LOGIN, ASSERTION)))
        .isEqualTo(new Problem.Unexpected("Microsoft Entra ID's answer holds no access token."));
  }

  @Test
  void aRefusalIsClassified() {
    http.answering(401, "{\"error_description\":\"AADSTS700213: No subject.\"}");

    assertThat(problem(workloads.exchange(LOGIN, ASSERTION)))
        .isEqualTo(new Problem.Waiting(Reason.TOKEN_EXCHANGE_PENDING, "AADSTS700213: No subject."));
  }

  @Test
  void noAnswerIsUnreachable() {
    http.failing(new UncheckedIOException(new ConnectException("refused")));

    assertThat(problem(workloads.exchange(LOGIN, ASSERTION)))
        .isEqualTo(
            new Problem.Unreachable(
                "Microsoft Entra ID could not be reached: ConnectException: refused"));
  }

  @Test
  void readsPermissionsOfAllPagesWithTheToken() {
    http.answering(
            200,
            "{\"value\":[%s],\"nextLink\":\"https://arm.test/next?page=2\"}".formatted(READ_JSON))
        .answering(200, "{\"value\":[{\"actions\":[\"*\"]}]}");

    assertThat(value(workloads.listPermissions(TOKEN, SCOPE)))
        .containsExactly(READ, new Permission(List.of("*"), List.of(), List.of(), List.of()));
    assertThat(http.lines())
        .containsExactly(
            "GET /subscriptions/s-1/providers/Microsoft.Authorization/permissions?api-version=2022-04-01",
            "GET /next?page=2");
    assertThat(http.requests())
        .extracting(request -> request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION))
        .containsOnly("Bearer access-1");
  }

  @Test
  void whoMayNothingHasNoPermissions() {
    http.answering(403, error("AuthorizationFailed"))
        .answering(404, error("SubscriptionNotFound"))
        .answering(200, "{\"value\":[]}");

    for (var time = 0; time < 3; time++) {
      assertThat(value(workloads.listPermissions(TOKEN, SCOPE))).isEmpty();
    }
  }

  @Test
  void aTokenThatIsNotAcceptedIsNoTroubleOfTheOperatorsOwn() {
    http.answering(401, error("InvalidAuthenticationToken"));

    assertThat(problem(workloads.listPermissions(TOKEN, SCOPE)))
        .isEqualTo(
            new Problem.Unexpected(
                "Azure Resource Manager did not accept the identity's token:"
                    + " InvalidAuthenticationToken: why"));
  }

  @Test
  void aScopeThatIsGoneIsMissing() {
    http.answering(404, error("ResourceGroupNotFound"));

    assertThat(problem(workloads.listPermissions(TOKEN, SCOPE)))
        .isEqualTo(new Problem.Missing(Reason.SCOPE_NOT_FOUND, "ResourceGroupNotFound: why"));
  }

  @Test
  void whoIsInterruptedSendsNothing() {
    Thread.currentThread().interrupt();

    Answer<AccessToken> answer = workloads.exchange(LOGIN, ASSERTION);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(problem(answer))
        .isEqualTo(new Problem.Unreachable("The operator stopped while it waited for Azure."));
    assertThat(http.requests()).isEmpty();
  }

  @Test
  void nothingPrintsAToken() {
    assertThat(TOKEN).hasToString("AccessToken");
    assertThat(ASSERTION).hasToString("Assertion of https://i");
  }

  private String header(String name) {
    return http.requests().getLast().getHeaders().getValue(HttpHeaderName.fromString(name));
  }

  private static Map<String, String> form(String body) {
    return Arrays.stream(body.split("&", -1))
        .map(field -> field.split("=", 2))
        .collect(
            Collectors.toMap(
                field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
  }

  private static String error(String code) {
    return "{\"error\":{\"code\":\"%s\",\"message\":\"why\"}}".formatted(code);
  }
}
