package dev.managedidentity.dev.emulator.behaviour;

import dev.managedidentity.dev.emulator.model.Scope;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Management locks: each holds at its scope and at everything below it. */
public final class Locks {
  private final Map<String, Lock> byScope = new ConcurrentHashMap<>();

  /** One lock, at the scope as it was written. */
  private record Lock(Scope scope, LockLevel level) {}

  public void lock(Scope scope, LockLevel level) {
    byScope.put(scope.key(), new Lock(scope, level));
  }

  public void unlock(Scope scope) {
    byScope.remove(scope.key());
  }

  public void clear() {
    byScope.clear();
  }

  /** The locked scopes that forbid this; a delete is also forbidden by a lock below its target. */
  public List<Scope> forbidding(OperationKind kind, Scope target) {
    return byScope.values().stream()
        .filter(lock -> lock.level().forbids(kind))
        .map(Lock::scope)
        .filter(
            scope ->
                scope.contains(target) || (kind == OperationKind.DELETE && target.contains(scope)))
        .toList();
  }
}
