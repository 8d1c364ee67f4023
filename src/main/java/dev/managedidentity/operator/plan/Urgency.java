package dev.managedidentity.operator.plan;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who waits for a piece of work; where calls must queue, it decides who goes first. */
public enum Urgency {
  /** A person, or what a person applied or deleted. */
  EDIT,
  /** Nobody: the operator looks after what was finished before. */
  UPKEEP;

  private static final ScopedValue<Urgency> CURRENT = ScopedValue.newInstance();

  /** The urgency of what this thread does: an edit where nobody said otherwise. */
  public static Urgency current() {
    return CURRENT.orElse(EDIT);
  }

  /**
   * The urgency of what follows from findings: nobody waits for the repair of what others changed,
   * unless the resource was edited besides.
   *
   * @param seen generation of the resource when its status was last written
   */
  public static Urgency of(List<Finding> findings, @Nullable Long seen, @Nullable Long generation) {
    return findings.isEmpty() || !Objects.equals(seen, generation) ? EDIT : UPKEEP;
  }

  /** Does the work with this urgency. */
  public <T> T call(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }
}
