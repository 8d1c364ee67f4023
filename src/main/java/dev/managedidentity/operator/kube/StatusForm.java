package dev.managedidentity.operator.kube;

import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What the statuses of both kinds have in common.
 *
 * @param empty the status of a resource that has none yet
 * @param conditions reads the conditions
 * @param withConditions the same status with other conditions
 */
public record StatusForm<S>(
    S empty,
    Function<S, List<Condition>> conditions,
    BiFunction<S, List<Condition>, S> withConditions) {
  /** The status of a ManagedIdentity. */
  public static StatusForm<ManagedIdentityStatus> ofIdentities() {
    return new StatusForm<>(
        ManagedIdentityStatus.EMPTY,
        ManagedIdentityStatus::conditions,
        ManagedIdentityStatus::withConditions);
  }

  /** The status of an IdentityBinding. */
  public static StatusForm<IdentityBindingStatus> ofBindings() {
    return new StatusForm<>(
        IdentityBindingStatus.EMPTY,
        IdentityBindingStatus::conditions,
        IdentityBindingStatus::withConditions);
  }
}
