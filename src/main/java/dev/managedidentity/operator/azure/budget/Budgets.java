package dev.managedidentity.operator.azure.budget;

import dev.managedidentity.operator.plan.Urgency;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The budgets of all subscriptions, each on its own: none ever waits for another. What is in no
 * subscription, such as a management group, has budgets too.
 */
public final class Budgets {
  private final LongSupplier nanoTime;
  private final Meter meter;
  private final ConcurrentHashMap<Key, Budget> budgets = new ConcurrentHashMap<>();

  /** Budgets of which nothing is known yet. */
  public Budgets(LongSupplier nanoTime, Meter meter) {
    this.nanoTime = nanoTime;
    this.meter = meter;
  }

  /** Is told what the budgets do. */
  public interface Meter {
    /** Nobody is told. */
    Meter NONE =
        new Meter() {
          @Override
          public void waited(Limit limit, Duration time) {}

          @Override
          public void watchRate(String subscription, Limit limit, DoubleSupplier rate) {}
        };

    /** A call has waited for its budget. */
    void waited(Limit limit, Duration time);

    /**
     * A subscription has a limit; told whenever it was met.
     *
     * @param subscription its id; empty for what is in none
     * @param rate calls a second that may leave now; infinite while the limit is not known
     */
    void watchRate(String subscription, Limit limit, DoubleSupplier rate);
  }

  /**
   * Waits until a call may leave; how urgent it is says {@link Urgency#current}.
   *
   * @param subscription id of the subscription; empty for what is in none
   * @param object what the call is about, as one word
   */
  public Admission enter(String subscription, Limit limit, String object)
      throws InterruptedException {
    var key = new Key(subscription.toLowerCase(Locale.ROOT), limit);
    var budget = budgets.computeIfAbsent(key, _ -> new Budget(nanoTime));
    var begin = nanoTime.getAsLong();
    var admission = budget.enter(object, Urgency.current());
    meter.waited(limit, Duration.ofNanos(nanoTime.getAsLong() - begin));
    return switch (admission) {
      case Admission.Admitted(var pass) -> new Admission.Admitted(watched(pass, key, budget));
      case Admission.Paused paused -> paused;
    };
  }

  private Pass watched(Pass pass, Key key, Budget budget) {
    return result -> {
      pass.end(result);
      if (result instanceof Result.Refused) {
        meter.watchRate(key.subscription(), key.limit(), budget::rate);
      }
    };
  }

  /** How many calls wait for a budget. */
  int waiting(String subscription, Limit limit) {
    var budget = budgets.get(new Key(subscription.toLowerCase(Locale.ROOT), limit));
    return budget == null ? 0 : budget.waiting();
  }

  private record Key(String subscription, Limit limit) {}
}
