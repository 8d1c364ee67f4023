package dev.managedidentity.operator.inventory;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * How many federated credentials others have on each identity, as far as they were seen: they take
 * up room that bindings cannot have.
 */
public final class Census {
  private final Map<String, Integer> foreign = new ConcurrentHashMap<>();
  private final Consumer<String> changed;

  /**
   * A census that has counted nothing.
   *
   * @param changed told the id of an identity, in lower case, of which the number is another
   */
  public Census(Consumer<String> changed) {
    this.changed = changed;
  }

  /** What others have on the identity with this resource id; 0 while nobody has looked. */
  public int foreign(String identity) {
    return foreign.getOrDefault(identity.toLowerCase(Locale.ROOT), 0);
  }

  /** Takes down what was just counted. */
  public void counted(String identity, int count) {
    var key = identity.toLowerCase(Locale.ROOT);
    var before = count == 0 ? foreign.remove(key) : foreign.put(key, count);
    if ((before == null ? 0 : before) != count) {
      changed.accept(key);
    }
  }
}
