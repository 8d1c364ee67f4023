package dev.managedidentity.operator.sharding;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.plan.Problem;
import java.util.Optional;

/** Makes, changes and deletes the ManagedIdentities that are shards. */
public interface ShardWriter {
  /** Nothing is done, and that is fine: for rehearsals. */
  ShardWriter NONE = (_, _) -> Optional.empty();

  /** Carries out a step; a problem when it could not be. */
  Optional<Problem> apply(ManagedIdentity parent, ShardPlan.Step step);
}
