package dev.managedidentity.operator.proof;

import static dev.managedidentity.operator.kube.ScriptedApiServer.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.azure.AccessToken;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Assertion;
import dev.managedidentity.operator.azure.FakeAzure;
import dev.managedidentity.operator.azure.Login;
import dev.managedidentity.operator.azure.Permission;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.azure.SignedToken;
import dev.managedidentity.operator.azure.WorkloadGateway;
import dev.managedidentity.operator.kube.AccountTokens;
import dev.managedidentity.operator.kube.ScriptedApiServer;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProverTest {
  private static final String PATH = "/api/v1/namespaces/shop/serviceaccounts/orders-api/token";
  private static final String TOKEN = SignedToken.of("{\"iss\":\"https://issuer.example\"}");
  private static final Login LOGIN = new Login("tenant", "client");
  private static final Claim.Grant READER = new Claim.Grant("Reader", "reader", "/subscriptions/a");
  private static final Claim.Grant WRITER = new Claim.Grant("Writer", "writer", "/Subscriptions/A");
  private static final Problem PENDING =
      new Problem.Waiting(Reason.TOKEN_EXCHANGE_PENDING, "Not yet.");
  private static final Problem LOST = new Problem.Unreachable("No answer.");

  private final ScriptedApiServer api = new ScriptedApiServer();
  private final FakeAzure azure =
      new FakeAzure().withRole("Reader", "reader").withRole("Writer", "writer");
  private final Workloads workloads = new Workloads();
  private final AtomicLong nanoTime = new AtomicLong();
  private final Prover prover =
      new Prover(
          new AccountTokens(api.client()),
          workloads,
          azure,
          () -> nanoTime.getAndAdd(Duration.ofSeconds(2).toNanos()));

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void tellsTheIssuerAndTheTimeOfAnExchange() {
    issuing();

    assertThat(prover.prove(claim()))
        .isEqualTo(new Proof.Exchanged("https://issuer.example", Duration.ofSeconds(2), List.of()));
    assertThat(workloads.calls).containsExactly("exchange tenant client " + TOKEN);
    assertThat(azure.takeCalls()).isEmpty();
  }

  @Test
  void tellsOfEachGrantWhetherItIsInForce() {
    issuing();
    workloads.permissions = new Answer.Done<>(List.of(allowing("read*")), Receipt.NONE);

    var proof = (Proof.Exchanged) prover.prove(claim(READER, WRITER));

    var pending =
        new Problem.Waiting(
            Reason.ROLES_PENDING,
            "At /Subscriptions/A the role 'Writer' does not allow writer yet.");
    assertThat(proof.grants())
        .containsExactly(
            new Proof.Effect(READER, Optional.empty()),
            new Proof.Effect(WRITER, Optional.of(pending)));
    assertThat(proof.grants()).extracting(Proof.Effect::isInForce).containsExactly(true, false);
    assertThat(proof.rolesProblem()).contains(pending);
  }

  @Test
  void asksOnceForEachScope() {
    issuing();

    prover.prove(claim(READER, WRITER));

    assertThat(workloads.calls)
        .containsExactly("exchange tenant client " + TOKEN, "permissions /subscriptions/a");
  }

  @Test
  void whatCannotBeReadOfAGrantIsItsProblemAlone() {
    issuing();
    azure.failing(LOST);
    workloads.permissions = new Answer.Done<>(List.of(allowing("*")), Receipt.NONE);

    var proof = (Proof.Exchanged) prover.prove(claim(READER, WRITER));

    assertThat(proof.grants())
        .containsExactly(
            new Proof.Effect(READER, Optional.of(LOST)),
            new Proof.Effect(WRITER, Optional.empty()));
  }

  @Test
  void aScopeThatCannotBeReadIsAProblemOfItsGrants() {
    issuing();
    workloads.permissions = new Answer.Failed<>(LOST, Receipt.NONE);

    var proof = (Proof.Exchanged) prover.prove(claim(READER));

    assertThat(proof.grants()).containsExactly(new Proof.Effect(READER, Optional.of(LOST)));
  }

  @Test
  void saysWhyNothingWasExchanged() {
    issuing();
    workloads.exchange = new Answer.Failed<>(PENDING, Receipt.NONE);

    assertThat(prover.prove(claim(READER))).isEqualTo(new Proof.NotExchanged(PENDING));
    assertThat(workloads.calls).hasSize(1);
  }

  @Test
  void withoutATokenEntraIsNotAsked() {
    api.onPost(PATH, 404, failure(404, "NotFound", "not found"));

    assertThat(prover.prove(claim()))
        .isInstanceOfSatisfying(
            Proof.NotExchanged.class,
            not -> assertThat(not.problem().reason()).isEqualTo(Reason.SERVICE_ACCOUNT_NOT_FOUND));
    assertThat(workloads.calls).isEmpty();
  }

  private void issuing() {
    api.onPost(PATH, 201, Map.of("status", Map.of("token", TOKEN)));
  }

  private static Claim claim(Claim.Grant... grants) {
    return new Claim("shop", "orders-api", "api://X", LOGIN, List.of(grants));
  }

  private static Permission allowing(String action) {
    return new Permission(List.of(action), List.of(), List.of(), List.of());
  }

  /** Answers as it is told and remembers what it was asked. */
  private static final class Workloads implements WorkloadGateway {
    final List<String> calls = new ArrayList<>();
    Answer<AccessToken> exchange = new Answer.Done<>(new AccessToken("access"), Receipt.NONE);
    Answer<List<Permission>> permissions = new Answer.Done<>(List.of(), Receipt.NONE);

    @Override
    public Answer<AccessToken> exchange(Login login, Assertion assertion) {
      calls.add(
          "exchange %s %s %s".formatted(login.tenantId(), login.clientId(), assertion.value()));
      return exchange;
    }

    @Override
    public Answer<List<Permission>> listPermissions(AccessToken token, String scope) {
      assertThat(token.value()).isEqualTo("access");
      calls.add("permissions " + scope);
      return permissions;
    }
  }
}
