package dev.managedidentity.operator.leadership;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this replica works. Only the one that leads writes anything or asks Azure; the others
 * keep their caches filled, answer the API server, and wait for their turn.
 */
public final class Leadership {
  /** Others lead no sooner after the last renewal of whoever is gone without a word. */
  static final Duration LEASE = Duration.ofSeconds(12);

  /** Whoever could not renew it for so long gives up, so that nobody has to take it. */
  private static final Duration DEADLINE = Duration.ofSeconds(8);

  /** How long before the lease runs out nothing is written any more: a write takes its time. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  /** How often it is renewed, and how often others look whether it is free; up to twice as long. */
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final Optional<Election> election;
  private final LeaseFence fence;

  /**
   * How it is found out who leads.
   *
   * @param lease name of the Lease, in the operator's namespace
   * @param candidate name of this replica
   * @param lost called when another may lead from now on: nothing may be written after it
   */
  public record Election(String lease, String candidate, Runnable lost) {}

  private Leadership(Optional<Election> election) {
    this.election = election;
    this.fence =
        new LeaseFence(
            LEASE.minus(MARGIN),
            System::nanoTime,
            () -> election.ifPresent(one -> one.lost().run()));
  }

  /** There is no other replica: this one leads from the beginning. */
  public static Leadership ofTheOnly() {
    var leadership = new Leadership(Optional.empty());
    leadership.begin();
    return leadership;
  }

  /** Leads once it holds the lease. */
  public static Leadership by(Election election) {
    return new Leadership(Optional.of(election));
  }

  /** Does this as soon as this replica leads: at once when it does already. */
  public void whenBegun(Runnable work) {
    begun
        .thenRunAsync(work)
        .exceptionally(
            problem -> {
              LOG.error("What only the leader does has failed to start", problem);
              return null;
            });
  }

  /** Whether this replica leads. */
  public boolean hasBegun() {
    return begun.isDone();
  }

  /** For the operator SDK; empty when this is the only replica. */
  public Optional<LeaderElectionConfiguration> configuration() {
    return election.map(
        one ->
            LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(one.lease())
                .withIdentity(one.candidate())
                .withLeaseDuration(LEASE)
                .withRenewDeadline(DEADLINE)
                .withRetryPeriod(PERIOD)
                .withLeaderCallbacks(
                    new LeaderCallbacks(this::begin, one.lost(), this::tellOfOther))
                .build());
  }

  /** Sees every request to Kubernetes, and stops writes once the lease has run out. */
  public Interceptor fence() {
    return fence;
  }

  /**
   * To be asked right before something is written elsewhere.
   *
   * @throws IllegalStateException when another replica may lead by now
   */
  public void requireLease() {
    fence.check();
  }

  /**
   * Gives the lease up, so that the next replica leads at once: the operator SDK leaves it until it
   * runs out. Nothing may be written after it.
   *
   * @param now when that is
   */
  public void end(KubernetesClient kubernetes, Instant now) {
    election.ifPresent(
        one -> {
          var lock = new LeaseLock(kubernetes.getNamespace(), one.lease(), one.candidate());
          var record = lock.get(kubernetes);
          if (record != null && one.candidate().equals(record.getHolderIdentity())) {
            var then = now.atZone(ZoneOffset.UTC);
            lock.update(
                kubernetes,
                new LeaderElectionRecord("", PERIOD, then, then, record.getLeaderTransitions()));
          }
          fence.end();
        });
  }

  private void begin() {
    begun.complete(null);
  }

  private void tellOfOther(String leader) {
    LOG.info("{} leads", leader);
  }
}
