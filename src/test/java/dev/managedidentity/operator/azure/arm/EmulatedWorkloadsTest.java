package dev.managedidentity.operator.azure.arm;

import static dev.managedidentity.operator.azure.arm.EmulatedAzure.problem;
import static dev.managedidentity.operator.azure.arm.EmulatedAzure.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.OidcIssuer;
import dev.managedidentity.dev.emulator.behaviour.Fault;
import dev.managedidentity.dev.emulator.behaviour.FaultRule;
import dev.managedidentity.dev.emulator.behaviour.Propagation;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.azure.AccessToken;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Assertion;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Login;
import dev.managedidentity.operator.azure.Permission;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A workload's way from its own token to what it may do, over real TLS. */
class EmulatedWorkloadsTest {
  @RegisterExtension private static final EmulatedAzure AZURE = new EmulatedAzure();
  private static final OidcIssuer ISSUER = new OidcIssuer();
  private static final ArmGateway GATEWAY = AZURE.gateway();
  private static final ArmWorkloads WORKLOADS =
      AzureClients.connectWorkloads(
          AZURE.cloud(), Duration.ofSeconds(30), InstantSource.system(), Map.of());
  private static final IdentityId ORDERS = AZURE.identity("platform", "orders");
  private static final String SUBJECT = "system:serviceaccount:shop:orders";
  private static final String AUDIENCE = "api://AzureADTokenExchange";

  private AzureIdentity identity =
      new AzureIdentity(ORDERS, "none", "none", AZURE.tenant(), "westeurope", false, Map.of());

  @BeforeEach
  void prepare() {
    AZURE.control().trustIssuerAuthority(ISSUER.caPem());
    identity =
        value(GATEWAY.writeIdentity(new IdentityDefinition(ORDERS, "westeurope", false, Map.of())));
  }

  @AfterAll
  static void stop() {
    ISSUER.close();
  }

  @Test
  void aWorkloadExchangesItsTokenAndLearnsWhatItMayDo() {
    federate(ISSUER.url(), SUBJECT, AUDIENCE);
    var scope = AZURE.subscription() + "/resourceGroups/platform";
    AZURE.control().outOfBand().grant(identity.principalId(), "Reader", new Scope(scope));

    var token = value(exchange());

    assertThat(value(WORKLOADS.listPermissions(token, scope)))
        .containsExactly(new Permission(List.of("*/read"), List.of(), List.of(), List.of()));
    assertThat(value(WORKLOADS.listPermissions(token, AZURE.subscription()))).isEmpty();
  }

  @Test
  void whatARoleAllowsIsReadOnceForAllItsAssignments() {
    var role = value(GATEWAY.findRole(AZURE.subscription(), "Reader"));
    AZURE.control().resetRequests();

    for (var time = 0; time < 3; time++) {
      assertThat(value(GATEWAY.findRolePermissions(role)))
          .containsExactly(new Permission(List.of("*/read"), List.of(), List.of(), List.of()));
    }

    assertThat(AZURE.armRequests()).hasSize(1);
    assertThat(
            problem(GATEWAY.findRolePermissions(role.replaceAll("[^/]+$", "no-such-role")))
                .reason())
        .isEqualTo(Reason.ROLE_NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "https://other.example, system:serviceaccount:shop:orders, api://AzureADTokenExchange,"
        + " TOKEN_EXCHANGE_PENDING",
    "'', system:serviceaccount:shop:other, api://AzureADTokenExchange, TOKEN_EXCHANGE_PENDING",
    "'', system:serviceaccount:shop:ORDERS, api://AzureADTokenExchange, SUBJECT_CASE_DIFFERS",
    "'', system:serviceaccount:shop:orders, api://Other, TOKEN_AUDIENCE_REFUSED",
  })
  void aCredentialThatDiffersIsTold(String issuer, String subject, String audience, Reason reason) {
    federate(issuer.isEmpty() ? ISSUER.url() : issuer, subject, audience);

    assertThat(refusal()).isEqualTo(reason);
  }

  @Test
  void aCredentialThatIsNotSeenYetIsWaitedFor() {
    AZURE.control().setPropagation(Propagation.IMMEDIATE.withCredentials(Duration.ofSeconds(60)));
    federate(ISSUER.url(), SUBJECT, AUDIENCE);

    assertThat(problem(exchange())).isInstanceOf(Problem.Waiting.class);
    AZURE.control().advanceClock(Duration.ofSeconds(60));
    assertThat(exchange()).isInstanceOf(Answer.Done.class);
  }

  @Test
  void aTokenOfAnotherTimeIsTold() {
    federate(ISSUER.url(), SUBJECT, AUDIENCE);
    AZURE.control().advanceClock(Duration.ofHours(1));

    assertThat(refusal()).isEqualTo(Reason.CLOCKS_DIFFER);
  }

  @Test
  void anIssuerThatEntraCannotReachIsTold() {
    try (var gone = new OidcIssuer()) {
      federate(gone.url(), SUBJECT, AUDIENCE);

      var answer = exchange(new Assertion(gone.token(SUBJECT), gone.url()), identity.clientId());

      assertThat(problem(answer).reason()).isEqualTo(Reason.ENTRA_CANNOT_REACH_ISSUER);
    }
  }

  @Test
  void anUnknownClientAndAnUnknownTenantAreTold() {
    var assertion = new Assertion(ISSUER.token(SUBJECT), ISSUER.url());

    assertThat(problem(exchange(assertion, "00000000-0000-0000-0000-00000000000c")).reason())
        .isEqualTo(Reason.TOKEN_EXCHANGE_PENDING);
    assertThat(
            problem(WORKLOADS.exchange(new Login("no-tenant", identity.clientId()), assertion))
                .reason())
        .isEqualTo(Reason.TENANT_NOT_FOUND);
  }

  @Test
  void throttlingAndTroubleOfEntraPass() {
    AZURE.control().addFault(FaultRule.once("token/*", fail(429)));
    assertThat(problem(exchange())).isInstanceOf(Problem.Throttled.class);
    AZURE.control().addFault(FaultRule.once("token/*", fail(503)));
    assertThat(problem(exchange())).isInstanceOf(Problem.Unreachable.class);
    AZURE.control().addFault(FaultRule.once("token/*", new Fault.LoseReply()));
    assertThat(problem(exchange())).isInstanceOf(Problem.Unreachable.class);
  }

  @Test
  void noAnswerShowsATokenWhateverItIs() {
    federate(ISSUER.url(), SUBJECT, AUDIENCE);
    var good = exchange();
    var malformed = exchange(new Assertion("eyJhbGciOiJub25lIn0.eyJzdWIi.c2ln", "i"), "c");

    assertThat(List.of(good.toString(), malformed.toString()))
        .noneMatch(text -> text.contains("eyJ"));
  }

  private static Fault.Fail fail(int status) {
    return new Fault.Fail(status, "temporarily_unavailable", "Later.", OptionalInt.empty());
  }

  private static void federate(String issuer, String subject, String audience) {
    value(
        GATEWAY.writeCredential(
            new FederatedCredential(ORDERS, "cluster", issuer, subject, audience)));
  }

  private Reason refusal() {
    return problem(exchange()).reason();
  }

  private Answer<AccessToken> exchange() {
    return exchange(new Assertion(ISSUER.token(SUBJECT), ISSUER.url()), identity.clientId());
  }

  private static Answer<AccessToken> exchange(Assertion assertion, String clientId) {
    return WORKLOADS.exchange(new Login(AZURE.tenant(), clientId), assertion);
  }
}
