package dev.managedidentity.operator.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LeadershipTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void theOnlyReplicaLeadsAtOnce() throws InterruptedException {
    var leadership = Leadership.ofTheOnly();
    var done = new CountDownLatch(1);

    leadership.whenBegun(done::countDown);

    assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(leadership.hasBegun()).isTrue();
    assertThat(leadership.configuration()).isEmpty();
  }

  @Test
  void oneOfSeveralLeadsOnceItHoldsTheLeaseAndTellsWhenItIsLost() throws InterruptedException {
    var isLost = new AtomicBoolean();
    var leadership =
        Leadership.by(new Leadership.Election("lease", "replica-1", () -> isLost.set(true)));
    var done = new CountDownLatch(1);
    leadership.whenBegun(done::countDown);
    assertThat(leadership.hasBegun()).isFalse();
    assertThat(done.getCount()).isEqualTo(1);

    var callbacks = leadership.configuration().orElseThrow().getLeaderCallbacks().orElseThrow();
    callbacks.onStartLeading();

    assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    callbacks.onStopLeading();
    assertThat(isLost).isTrue();
  }
}
