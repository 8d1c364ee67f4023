package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.journal.RequestEntry;
import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The issuer is replaced and nobody had said so. */
@UsesControlPlane
@UsesOperator(SuddenRotationIT.Unannounced.class)
class SuddenRotationIT {
  private static final int LIMIT = 20;

  /** Former credentials go as soon as their successors are proven. */
  static final class Unannounced extends IssuerSetup {
    @Override
    TrustOptions trust() {
      return TrustOptions.STANDARD.discovering(List.of(), Duration.ZERO);
    }
  }

  private final Team team;
  private final IssuerSetup setup;

  SuddenRotationIT(Team team) {
    this.team = team;
    this.setup = (IssuerSetup) team.operator().setup();
  }

  @BeforeEach
  void begin() {
    restart("old");
    team.applyIdentity("orders", "{}");
  }

  @Test
  void theNewCredentialIsProvenBeforeTheOldOneGoes() {
    bind(5);

    restart("new", "old");

    awaitAll(5, "new");
    for (var index = 0; index < 5; index++) {
      var writes = credentialWrites(account(index));
      assertThat(writes).hasSize(3);
      assertThat(writes.getLast().method()).isEqualTo("DELETE");
      assertThat(proofsBetween(writes.get(1), writes.getLast())).isPositive();
    }
  }

  /** Nothing but the clock tells that the grace period is over. */
  @Test
  void whatIsReplacedTwiceIsThereOnceInTheEnd() {
    bind(1);

    restart("new", "old");
    awaitAll(1, "new");
    restart("old", "new");

    awaitAll(1, "old");
    assertThat(team.subjects(team.identity("orders"))).hasSize(1);
  }

  @Test
  void whereAnIdentityIsFullEachCredentialIsReplacedInPlaceAndThatIsSaid() {
    bind(LIMIT);

    restart("new", "old");

    awaitAll(LIMIT, "new");
    assertThat(team.subjects(team.identity("orders"))).hasSize(LIMIT);
    assertThat(team.events(account(0)))
        .filteredOn(event -> event.getReason().equals("DeleteCredential"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getNote())
                    .contains("no room for a second credential", setup.issuer("old")));
  }

  private void restart(String... issuers) {
    setup.restart(team.operator().rig().controlPlane(), issuers);
  }

  private void bind(int count) {
    IntStream.range(0, count).forEach(index -> team.applyBinding(account(index), "orders"));
    awaitAll(count, "old");
  }

  private static String account(int index) {
    return "account-%02d".formatted(index);
  }

  private void awaitAll(int count, String issuer) {
    for (var index = 0; index < count; index++) {
      var account = account(index);
      team.eventually(
          () ->
              assertThat(team.binding(account).federatedCredentials())
                  .extracting(FederatedCredentialStatus::issuer)
                  .containsExactly(setup.issuer(issuer)));
      team.awaitReadyBinding(account);
    }
  }

  /** Writes and deletions of an account's credentials, oldest first. */
  private List<RequestEntry> credentialWrites(String account) {
    return team.requests().stream()
        .filter(request -> request.path().contains("/federatedIdentityCredentials/"))
        .filter(request -> request.path().contains("-" + account + "-"))
        .filter(request -> !request.method().equals("GET"))
        .toList();
  }

  private long proofsBetween(RequestEntry from, RequestEntry until) {
    return team.azure().control().requests().stream()
        .dropWhile(request -> !request.equals(from))
        .takeWhile(request -> !request.equals(until))
        .filter(request -> request.operation().equals("token/clientAssertion"))
        .filter(request -> request.status() == 200)
        .count();
  }
}
