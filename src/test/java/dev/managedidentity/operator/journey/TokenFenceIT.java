package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import dev.managedidentity.operator.kube.AccountTokens;
import dev.managedidentity.operator.kube.AccountTokens.Reply;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which tokens of service accounts the operator's own account can have: those for Azure alone. */
@UsesControlPlane
@UsesOperator
class TokenFenceIT {
  private static final String AZURE = "api://AzureADTokenExchange";
  private static final String API_SERVER = "https://kubernetes.default.svc";

  private final Team team;

  TokenFenceIT(Team team) {
    this.team = team;
    team.applyAccount("api");
  }

  @Test
  void theOperatorGetsATokenForAzure(ControlPlane controlPlane) {
    var reply = new AccountTokens(operator()).request(team.name(), "api", AZURE);

    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Issued.class,
            issued ->
                assertThat(issued.assertion().issuer())
                    .isEqualTo(controlPlane.adminConfig().getMasterUrl().replaceAll("/$", "")));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("no audience, so the API server's", List.of(), 600L),
        Arguments.of("another audience", List.of(API_SERVER), 600L),
        Arguments.of("the audience in another case", List.of("API://azureadtokenexchange"), 600L),
        Arguments.of("two audiences", List.of(AZURE, API_SERVER), 600L),
        Arguments.of("two audiences, the other way round", List.of(API_SERVER, AZURE), 600L),
        Arguments.of("one audience twice", List.of(AZURE, AZURE), 600L),
        Arguments.of("an empty audience", List.of(""), 600L),
        Arguments.of("a second more", List.of(AZURE), 601L),
        Arguments.of("a year", List.of(AZURE), 31_536_000L));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void theOperatorGetsNoOtherToken(String what, List<String> audiences, long seconds) {
    assertRefused(operator(), team.name(), "api", request(audiences, seconds));
  }

  @Test
  void theOperatorGetsNoTokenOfTheLifetimeThatTheApiServerChooses() {
    var request = new TokenRequestBuilder().withNewSpec().withAudiences(AZURE).endSpec().build();

    assertRefused(operator(), team.name(), "api", request);
  }

  @Test
  void theOperatorGetsNoTokenForTheAudienceOfTheApiServer(ControlPlane controlPlane) {
    var issuer = controlPlane.adminConfig().getMasterUrl().replaceAll("/$", "");

    assertRefused(operator(), team.name(), "api", request(List.of(issuer), 600));
    assertRefused(
        operator(), "kube-system", "generic-garbage-collector", request(List.of(issuer), 600));
  }

  @Test
  void thePolicySaysWhichAudiencesThereAre() {
    assertThat(new AccountTokens(operator()).request(team.name(), "api", "api://Other"))
        .isInstanceOfSatisfying(
            Reply.Refused.class,
            refused -> {
              assertThat(refused.problem()).isInstanceOf(Problem.Denied.class);
              assertThat(refused.problem().reason()).isEqualTo(Reason.KUBERNETES_FORBIDDEN);
              assertThat(refused.problem().detail())
                  .contains("exactly one of these audiences: " + AZURE);
            });
  }

  @Test
  void anAccountThatIsNotThereIsWaitedFor() {
    assertThat(new AccountTokens(operator()).request(team.name(), "nobody", AZURE))
        .isInstanceOfSatisfying(
            Reply.Refused.class,
            refused ->
                assertThat(refused.problem().reason()).isEqualTo(Reason.SERVICE_ACCOUNT_NOT_FOUND));
  }

  @Test
  void othersAreNotConcerned() {
    var rule =
        new PolicyRuleBuilder()
            .withApiGroups("")
            .withResources("serviceaccounts/token")
            .withVerbs("create")
            .build();
    var other = team.namespace().user("other").withRules(List.of(rule)).client();

    assertThat(token(other, team.name(), "api", request(List.of(), 3_600))).isNotEmpty();
    assertThat(token(team.kubectl(), team.name(), "api", request(List.of(API_SERVER), 3_600)))
        .isNotEmpty();
  }

  private KubernetesClient operator() {
    return team.operator().client();
  }

  private static void assertRefused(
      KubernetesClient client, String namespace, String account, TokenRequest request) {
    var refusal =
        catchThrowableOfType(
            KubernetesClientException.class, () -> token(client, namespace, account, request));
    assertThat(refusal).isNotNull();
    assertThat(refusal.getCode()).isEqualTo(403);
    assertThat(refusal).hasMessageContaining("managed-identity-operator-tokens");
  }

  private static String token(
      KubernetesClient client, String namespace, String account, TokenRequest request) {
    return client
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(account)
        .tokenRequest(request)
        .getStatus()
        .getToken();
  }

  private static TokenRequest request(List<String> audiences, long seconds) {
    return new TokenRequestBuilder()
        .withNewSpec()
        .withAudiences(audiences)
        .withExpirationSeconds(seconds)
        .endSpec()
        .build();
  }
}
