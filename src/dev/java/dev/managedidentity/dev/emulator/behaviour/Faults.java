package dev.managedidentity.dev.emulator.behaviour;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The faults that wait for a matching request; the rule set first is asked first. */
public final class Faults {
  private final List<Armed> armed = new CopyOnWriteArrayList<>();
  private final AtomicInteger lastId = new AtomicInteger();

  /** A rule that was set, under the id that releases or removes it. */
  public record Standing(int id, FaultRule rule, int hanging) {}

  /** Sets a rule and returns its id. */
  public int add(FaultRule rule) {
    int id = lastId.incrementAndGet();
    armed.add(new Armed(id, rule));
    return id;
  }

  /** Lets all requests that hang by this rule go on and removes the rule. */
  public void release(int id) {
    armed.stream().filter(fault -> fault.id == id).forEach(Armed::release);
    armed.removeIf(fault -> fault.id == id);
  }

  /** Releases and removes all rules. */
  public void clear() {
    armed.forEach(Armed::release);
    armed.clear();
  }

  public List<Standing> standing() {
    return armed.stream()
        .map(fault -> new Standing(fault.id, fault.rule, fault.hanging.get()))
        .toList();
  }

  /**
   * What this request meets, which may be nothing. A hanging has been waited for already when this
   * returns.
   */
  public Interference meet(Operation operation, String path) {
    var met = armed.stream().filter(fault -> fault.meets(operation, path)).findFirst();
    met.ifPresent(Armed::happen);
    return new Interference(met.map(fault -> fault.rule.fault()));
  }

  /** A rule with what is left of it and who waits for its release. */
  private static final class Armed {
    private final int id;
    private final FaultRule rule;
    private final AtomicInteger left;
    private final RandomGenerator random;
    private final AtomicInteger hanging = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);

    Armed(int id, FaultRule rule) {
      this.id = id;
      this.rule = rule;
      this.left = new AtomicInteger(rule.frequency() instanceof FaultRule.Times t ? t.count() : 0);
      this.random =
          RandomGeneratorFactory.of("L64X128MixRandom")
              .create(rule.frequency() instanceof FaultRule.Chance c ? c.seed() : 0);
    }

    boolean meets(Operation operation, String path) {
      if (!operation.matches(rule.operation())
          || !path.toLowerCase(Locale.ROOT)
              .contains(rule.pathContains().toLowerCase(Locale.ROOT))) {
        return false;
      }
      return switch (rule.frequency()) {
        case FaultRule.Times _ -> left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        case FaultRule.Chance chance -> draw() < chance.probability();
      };
    }

    private synchronized double draw() {
      return random.nextDouble();
    }

    void happen() {
      switch (rule.fault()) {
        case Fault.Hang _ -> await();
        case Fault.EditFirst first -> first.edit().run();
        case Fault.Fail _, Fault.DropBeforeEffect _, Fault.LoseReply _ -> {
          // Shows in the answer only.
        }
      }
    }

    private void await() {
      hanging.incrementAndGet();
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        hanging.decrementAndGet();
      }
    }

    void release() {
      released.countDown();
    }
  }
}
