package dev.managedidentity.operator;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this replica works. Only the one that leads writes anything or asks Azure; the others
 * keep their caches filled, answer the API server, and wait for their turn.
 */
public final class Leadership {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final Optional<Election> election;

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

  Optional<LeaderElectionConfiguration> configuration() {
    return election.map(
        one ->
            LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(one.lease())
                .withIdentity(one.candidate())
                .withLeaderCallbacks(
                    new LeaderCallbacks(this::begin, one.lost(), this::tellOfOther))
                .build());
  }

  private void begin() {
    begun.complete(null);
  }

  private void tellOfOther(String leader) {
    LOG.info("{} leads", leader);
  }
}
