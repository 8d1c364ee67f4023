package dev.managedidentity.operator.review;

import dev.managedidentity.operator.plan.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What the reconciler of a kind would say of a resource that is not stored yet; from memory.
 *
 * @param <R> the kind
 */
public interface Judge<R> {
  /** Why it cannot work as it stands, whatever else is applied. */
  Optional<Problem> refusal(R resource);

  /** What its author should know though it is stored; one line each. */
  List<String> warnings(R resource, Optional<R> before);

  /** Whether something would be left behind in Azure if it went now. */
  boolean isInAzure(R resource);
}
