package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The issuer is replaced by one that was announced: no pod is ever refused. */
@UsesControlPlane
@UsesOperator(PlannedRotationIT.Announced.class)
class PlannedRotationIT {
  private static final int ACCOUNTS = 50;
  private static final int IDENTITIES = 5;

  /** The successor is announced; former credentials stay for as long as tokens live. */
  static final class Announced extends IssuerSetup {
    @Override
    TrustOptions trust() {
      return TrustOptions.STANDARD.discovering(List.of(issuer("new")), Duration.ofHours(24));
    }
  }

  /** A pod that has its token already. */
  private record Pod(String account, String clientId, String token) {}

  private final Team team;
  private final Queue<Pod> pods = new ConcurrentLinkedQueue<>();
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
  private final AtomicLong rounds = new AtomicLong();

  PlannedRotationIT(Team team) {
    this.team = team;
  }

  @Test
  void noTokenOfTheOldOrTheNewIssuerIsEverRefused() {
    var setup = (Announced) team.operator().setup();
    var controlPlane = team.operator().rig().controlPlane();
    bind();
    startPods();
    try (var entra = TokenEndpoint.of(team.azure());
        var clock = Executors.newSingleThreadScheduledExecutor();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var loop =
          clock.scheduleWithFixedDelay(
              () -> exchangeAll(entra, threads), 0, 100, TimeUnit.MILLISECONDS);

      setup.restart(controlPlane, "new", "old");
      startPods();
      awaitRetirement();
      setup.restart(controlPlane, "new");
      startPods();
      awaitRounds();
      assertThat(loop.isDone()).isFalse();
    }

    assertThat(pods).hasSize(3 * ACCOUNTS);
    assertThat(refusals).isEmpty();
  }

  /** Twenty credentials on each identity: of both issuers before the cluster has the second. */
  private void bind() {
    for (var identity = 0; identity < IDENTITIES; identity++) {
      team.applyIdentity("identity-" + identity, "{}");
    }
    for (var account : accounts()) {
      var identity = "identity-" + accounts().indexOf(account) % IDENTITIES;
      team.applyBinding(account, identity);
    }
    for (var account : accounts()) {
      assertThat(team.awaitReadyBinding(account).federatedCredentials())
          .extracting(FederatedCredentialStatus::issuer)
          .hasSize(2);
    }
  }

  private static List<String> accounts() {
    return IntStream.range(0, ACCOUNTS).mapToObj("account-%02d"::formatted).toList();
  }

  /** One more pod of each account, with a token as the API server gives it out now. */
  private void startPods() {
    for (var account : accounts()) {
      pods.add(
          new Pod(
              account,
              requireNonNull(team.binding(account).clientId()),
              TokenEndpoint.token(team.kubectl(), team.name(), account, TokenEndpoint.AUDIENCE)));
    }
  }

  private void exchangeAll(TokenEndpoint entra, ExecutorService threads) {
    try {
      threads.invokeAll(pods.stream().map(pod -> exchange(entra, pod)).toList());
      rounds.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Callable<Boolean> exchange(TokenEndpoint entra, Pod pod) {
    return () -> {
      var answer = entra.exchange(pod.clientId(), pod.token());
      return answer.startsWith("200 ") || refusals.add(pod.account() + ": " + answer);
    };
  }

  /** The new credentials are proven with tokens of the new issuer, and the old ones are to go. */
  private void awaitRetirement() {
    for (var account : accounts()) {
      team.eventually(
          () ->
              assertThat(team.binding(account).federatedCredentials())
                  .filteredOn(entry -> entry.retireAt() != null)
                  .extracting(FederatedCredentialStatus::issuer)
                  .containsExactly(issuer("old")));
      team.awaitReadyBinding(account);
    }
  }

  private String issuer(String name) {
    return ((Announced) team.operator().setup()).issuer(name);
  }

  private void awaitRounds() {
    var before = rounds.get();
    team.eventually(() -> assertThat(rounds.get()).isGreaterThan(before + 2));
  }
}
