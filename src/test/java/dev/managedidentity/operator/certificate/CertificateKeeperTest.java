package dev.managedidentity.operator.certificate;

import static dev.managedidentity.operator.certificate.Years.BEGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CertificateKeeperTest {
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final Years clock = new Years();
  private final MemoryStore store = new MemoryStore();
  private final List<String> published = new ArrayList<>();
  private final CertificateKeeper keeper = keeper();

  @Test
  void beginsWithACertificateThatIsServedAtOnce() {
    keeper.look();

    assertThat(store.material().serving().isFor(Years.NAMES)).isTrue();
    assertThat(store.material().next()).isEmpty();
    assertThat(published).containsExactly(store.material().bundlePem());
  }

  @Test
  void changesNothingWhileNothingIsDue() {
    keeper.look();

    clock.pass(Duration.ofDays(59));
    keeper.look();
    keeper.look();

    assertThat(store.writes()).isEqualTo(1);
    assertThat(published).hasSize(1);
  }

  @Test
  void publishesBeforeItServesAndKeepsTheFormerAuthorityUntilItExpires() {
    keeper.look();
    var first = store.material();

    clock.pass(Duration.ofDays(61));
    keeper.look();
    var prepared = store.material();
    assertThat(prepared.serving()).isEqualTo(first.serving());
    assertThat(prepared.bundle()).hasSize(2).containsAll(first.bundle());
    assertThat(published).endsWith(prepared.bundlePem());

    clock.pass(CertificateKeeper.SETTLING.minusSeconds(1));
    keeper.look();
    assertThat(store.material()).isEqualTo(prepared);

    clock.pass(Duration.ofSeconds(1));
    keeper.look();
    assertThat(store.material()).isEqualTo(prepared.switched());

    clock.pass(Duration.ofDays(29));
    keeper.look();
    assertThat(store.material().bundle()).hasSize(1).doesNotContainAnyElementsOf(first.bundle());
    assertThat(published).endsWith(store.material().bundlePem());
    assertThat(store.writes()).isEqualTo(4);
  }

  @Test
  void aBundleThatSomebodyElseReplacedIsPublishedAgainAndSettlesAgain() {
    keeper.look();
    clock.pass(Duration.ofDays(61));
    keeper.look();
    var prepared = store.material();

    clock.pass(CertificateKeeper.SETTLING);
    published.add("of an upgrade of the chart");
    keeper.look();

    assertThat(published).endsWith(prepared.bundlePem());
    assertThat(store.material()).isEqualTo(prepared);
    clock.pass(CertificateKeeper.SETTLING);
    keeper.look();
    assertThat(store.material()).isEqualTo(prepared.switched());
  }

  @Test
  void aNewLeaderWaitsAnewBeforeItServesTheNextOne() {
    keeper.look();
    clock.pass(Duration.ofDays(61));
    keeper.look();
    var prepared = store.material();

    clock.pass(CertificateKeeper.SETTLING);
    var successor = keeper();
    successor.look();
    assertThat(store.material()).isEqualTo(prepared);

    clock.pass(CertificateKeeper.SETTLING);
    successor.look();
    assertThat(store.material()).isEqualTo(prepared.switched());
  }

  @Test
  void ofTwoLeadersOneStoresAndBothPublishTheSame() {
    var other = keeper();
    store.beforeNextWrite(other::look);

    keeper.look();

    assertThat(store.writes()).isEqualTo(1);
    assertThat(published).containsExactly(store.material().bundlePem());

    clock.pass(Duration.ofDays(61));
    store.beforeNextWrite(other::look);
    keeper.look();

    assertThat(store.writes()).isEqualTo(2);
    assertThat(store.material().bundle()).hasSize(2);
    assertThat(published).endsWith(store.material().bundlePem());
  }

  @Test
  void aFormerLeaderThatPublishesLatePublishesWhatIsStoredInTheEnd() {
    keeper.look();
    clock.pass(Duration.ofDays(61));
    var successor = keeper();
    var overtaken = new AtomicInteger();
    var former =
        new CertificateKeeper(
            store,
            bundle -> {
              if (overtaken.getAndIncrement() == 0) {
                successor.look();
              }
              return publish(bundle);
            },
            Years.authority(),
            clock,
            INTERVAL);

    former.look();

    assertThat(store.material().bundle()).hasSize(2);
    assertThat(published).endsWith(store.material().bundlePem());
  }

  @Test
  void whatCannotBeReadIsReplaced() {
    store.write(Map.of("tls.crt", "", "tls.key", ""), Optional.empty());

    keeper.look();

    assertThat(store.material().serving().isValidAt(BEGIN)).isTrue();
    assertThat(published).containsExactly(store.material().bundlePem());
  }

  @Test
  void whoDeletesTheSecretGetsNewOnes() {
    keeper.look();
    var first = store.material();

    store.delete();
    keeper.look();

    assertThat(store.material().bundle()).doesNotContainAnyElementsOf(first.bundle());
    assertThat(published).endsWith(store.material().bundlePem());
  }

  @Test
  void anOperatorThatWasAwayForAYearBeginsAnew() {
    keeper.look();
    clock.pass(Duration.ofDays(61));
    keeper.look();

    clock.pass(Duration.ofDays(365));
    keeper.look();

    assertThat(store.material().serving().isValidAt(clock.instant())).isTrue();
    assertThat(store.material().bundle()).hasSize(1);
  }

  @Test
  void looksAgainAfterAFailureUntilItIsClosed() {
    var looks = new AtomicInteger();
    var failing =
        new CertificateKeeper(
            store,
            bundle -> {
              if (looks.incrementAndGet() < 3) {
                throw new IllegalStateException("The API server is away.");
              }
              return publish(bundle);
            },
            Years.authority(),
            clock,
            Duration.ofMillis(10));
    try (failing) {
      failing.start();

      await().until(() -> looks.get() > 4);
    }
    assertThat(published).containsExactly(store.material().bundlePem());
  }

  private CertificateKeeper keeper() {
    return new CertificateKeeper(store, this::publish, Years.authority(), clock, INTERVAL);
  }

  private synchronized boolean publish(String bundle) {
    if (!published.isEmpty() && published.getLast().equals(bundle)) {
      return false;
    }
    return published.add(bundle);
  }
}
