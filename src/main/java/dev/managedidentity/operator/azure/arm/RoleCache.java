package dev.managedidentity.operator.azure.arm;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.plan.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Remembers for an hour which role definition a name means, so that any number of callers at any
 * scopes of a subscription cost one look-up. Failures are shared by those who waited for them, and
 * forgotten.
 *
 * <p>A name means the same definition in the whole tenant; whether it may be assigned at a scope is
 * for Azure to say when it is.
 */
final class RoleCache {
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final Pattern ROOT =
      Pattern.compile(
          "/subscriptions/[^/]+|/providers/microsoft\\.management/managementgroups/[^/]+");

  private final InstantSource clock;
  private final ConcurrentHashMap<Key, Entry> entries = new ConcurrentHashMap<>();

  RoleCache(InstantSource clock) {
    this.clock = clock;
  }

  /** The remembered answer, or that of the look-up, which one of all waiting callers makes. */
  Answer<String> find(String scope, String roleName, Supplier<Answer<String>> lookUp) {
    var key = Key.of(scope, roleName);
    var mine = new Entry(new CompletableFuture<>(), clock.instant());
    var entry = entries.compute(key, (_, old) -> old == null || isOld(old) ? mine : old);
    return entry.equals(mine) ? lead(key, mine, lookUp) : follow(entry);
  }

  private Answer<String> lead(Key key, Entry entry, Supplier<Answer<String>> lookUp) {
    try {
      var answer = lookUp.get();
      entry.answer().complete(answer);
      return answer;
    } catch (RuntimeException | Error e) {
      entry.answer().completeExceptionally(e);
      throw e;
    } finally {
      if (!entry.isFound()) {
        entries.remove(key, entry);
      }
    }
  }

  private static Answer<String> follow(Entry entry) {
    try {
      return switch (entry.answer().get()) {
        case Answer.Done<String> done -> new Answer.Done<>(done.value(), Receipt.NONE);
        case Answer.Failed<String> failed -> failed;
      };
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return failed(new Problem.Unreachable("The operator stopped while it looked up a role."));
    } catch (ExecutionException e) {
      return failed(new Problem.Unexpected("The look-up of a role ended with " + e.getCause()));
    }
  }

  private static Answer<String> failed(Problem problem) {
    return new Answer.Failed<>(problem, Receipt.NONE);
  }

  private boolean isOld(Entry entry) {
    return entry.answer().isDone() && !clock.instant().isBefore(entry.since().plus(LIFETIME));
  }

  /** Where custom roles are looked up, and the name as Azure compares it. */
  private record Key(String root, String roleName) {
    static Key of(String scope, String roleName) {
      var lower = scope.toLowerCase(Locale.ROOT);
      var match = ROOT.matcher(lower);
      return new Key(match.lookingAt() ? match.group() : lower, roleName.toLowerCase(Locale.ROOT));
    }
  }

  private record Entry(CompletableFuture<Answer<String>> answer, Instant since) {
    boolean isFound() {
      return answer.isDone()
          && !answer.isCompletedExceptionally()
          && answer.join() instanceof Answer.Done;
    }
  }
}
