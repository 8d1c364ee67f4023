package dev.managedidentity.operator.azure;

import dev.managedidentity.operator.plan.Problem;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets writes of one identity's credentials, and its deletion, through one at a time in the order
 * they came: Azure answers 409 to two at once. So it does for changes of one resource's identities,
 * which are read before they are written. Different identities and resources never wait for each
 * other.
 */
public final class LanedGateway extends ForwardingGateway {
  private final Meter meter;
  private final ConcurrentHashMap<String, Lane> lanes = new ConcurrentHashMap<>();

  /** Measures how long calls wait for their turn. */
  public LanedGateway(AzureGateway azure, Meter meter) {
    super(azure);
    this.meter = meter;
  }

  /**
   * How waits are measured.
   *
   * @param ticker nanoseconds that only grow
   * @param waited told each wait
   */
  public record Meter(LongSupplier ticker, Consumer<Duration> waited) {
    /** Measures nothing. */
    public static final Meter NONE = new Meter(() -> 0, _ -> {});
  }

  @Override
  public Answer<@Nullable Void> deleteIdentity(IdentityId id) {
    return inLane(id.key(), () -> super.deleteIdentity(id));
  }

  @Override
  public Answer<@Nullable Void> writeCredential(FederatedCredential credential) {
    return inLane(credential.identity().key(), () -> super.writeCredential(credential));
  }

  @Override
  public Answer<@Nullable Void> deleteCredential(IdentityId identity, String name) {
    return inLane(identity.key(), () -> super.deleteCredential(identity, name));
  }

  @Override
  public Answer<Progress> changeResource(String id, IdentityChange change) {
    return inLane(id.toLowerCase(Locale.ROOT), () -> super.changeResource(id, change));
  }

  /** How many calls wait or are under way in the identity's lane. */
  int inLane(IdentityId id) {
    var lane = lanes.get(id.key());
    return lane == null ? 0 : lane.callers();
  }

  private <T extends @Nullable Object> Answer<T> inLane(String id, Supplier<Answer<T>> call) {
    var lane = enter(id);
    var came = meter.ticker().getAsLong();
    try {
      lane.turn().lockInterruptibly();
      meter.waited().accept(Duration.ofNanos(meter.ticker().getAsLong() - came));
      try {
        return call.get();
      } finally {
        lane.turn().unlock();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Answer.Failed<>(
          new Problem.Unreachable(
              "The operator stopped while a write to %s waited for its turn.".formatted(id)),
          Receipt.NONE);
    } finally {
      leave(id);
    }
  }

  private Lane enter(String key) {
    return lanes.merge(key, new Lane(1, new ReentrantLock(true)), (lane, _) -> lane.plus(1));
  }

  private void leave(String key) {
    lanes.computeIfPresent(key, (_, lane) -> lane.callers() == 1 ? null : lane.plus(-1));
  }

  /** A fair lock and who still needs it; gone as soon as nobody does. */
  private record Lane(int callers, ReentrantLock turn) {
    Lane plus(int more) {
      return new Lane(callers + more, turn);
    }
  }
}
