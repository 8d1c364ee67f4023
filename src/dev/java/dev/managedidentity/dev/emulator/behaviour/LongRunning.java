package dev.managedidentity.dev.emulator.behaviour;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Which writes take their time, and those that are under way. At first none: every write is done
 * when it is answered.
 */
public final class LongRunning {
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final Map<String, PendingOperation> byId = new ConcurrentHashMap<>();
  private final Map<String, PendingOperation> newestByResource = new ConcurrentHashMap<>();

  /** An error in which an operation ends. */
  public record Failure(String code, String message) {}

  /**
   * How writes of a resource type end.
   *
   * @param type the full name of the type, a pattern with {@code *}
   * @param polls how often a client that asks is told to wait
   * @param failure the error at the end; empty when the write succeeds
   */
  public record Rule(String type, int polls, Optional<Failure> failure) {
    public Rule {
      if (polls < 0) {
        throw new IllegalArgumentException("An operation is asked about at least 0 times");
      }
    }
  }

  /** Adds a rule; the one set last wins. */
  public void set(Rule rule) {
    rules.removeIf(old -> old.type().equalsIgnoreCase(rule.type()));
    rules.addFirst(rule);
  }

  /** The rule for this type; empty when its writes are done at once. */
  public Optional<Rule> rule(String type) {
    return rules.stream()
        .filter(rule -> Operation.matches(type, rule.type()))
        .findFirst()
        .filter(rule -> rule.polls() > 0 || rule.failure().isPresent());
  }

  /**
   * Starts an operation on the resource with this key; {@code effect} happens when it is over and
   * tells why it failed, if it did.
   */
  public PendingOperation begin(
      String resourceKey, Rule rule, Instant now, Supplier<Optional<Failure>> effect) {
    var ending = rule.failure().<Supplier<Optional<Failure>>>map(f -> () -> Optional.of(f));
    var operation =
        new PendingOperation(
            UUID.randomUUID().toString(), resourceKey, now, rule.polls(), ending.orElse(effect));
    byId.put(operation.id(), operation);
    newestByResource.put(resourceKey, operation);
    return operation;
  }

  public Optional<PendingOperation> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The operation that was started last on this resource. */
  public Optional<PendingOperation> newest(String resourceKey) {
    return Optional.ofNullable(newestByResource.get(resourceKey));
  }

  /** Forgets that there ever was an operation on the resource. */
  public void forget(String resourceKey) {
    newestByResource.remove(resourceKey);
  }

  /** Everything is done at once again, and what was under way never happens. */
  public void clear() {
    rules.clear();
    byId.clear();
    newestByResource.clear();
  }
}
