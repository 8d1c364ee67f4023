package dev.managedidentity.operator.kube;

import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the statuses of both kinds have in common.
 *
 * @param empty the status of a resource that has none yet
 * @param conditions reads the conditions
 * @param withConditions the same status with other conditions
 * @param due when something that the status names is to be done
 */
public record StatusForm<S>(
    S empty,
    Function<S, List<Condition>> conditions,
    BiFunction<S, List<Condition>, S> withConditions,
    Function<S, Stream<Instant>> due) {
  /** The status of a ManagedIdentity. */
  public static StatusForm<ManagedIdentityStatus> ofIdentities() {
    return new StatusForm<>(
        ManagedIdentityStatus.EMPTY,
        ManagedIdentityStatus::conditions,
        ManagedIdentityStatus::withConditions,
        _ -> Stream.empty());
  }

  /**
   * The status of an IdentityBinding.
   *
   * @param proofLife how long a proof counts
   */
  public static StatusForm<IdentityBindingStatus> ofBindings(Duration proofLife) {
    return new StatusForm<>(
        IdentityBindingStatus.EMPTY,
        IdentityBindingStatus::conditions,
        IdentityBindingStatus::withConditions,
        status -> Stream.concat(retirements(status), renewals(status, proofLife)));
  }

  private static Stream<Instant> renewals(IdentityBindingStatus status, Duration proofLife) {
    return status.federatedCredentials().stream()
        .flatMap(entry -> Stream.ofNullable(entry.verifiedAt()))
        .map(time -> Instant.parse(time).plus(proofLife));
  }

  private static Stream<Instant> retirements(IdentityBindingStatus status) {
    return status.federatedCredentials().stream()
        .flatMap(entry -> Stream.ofNullable(entry.retireAt()))
        .map(Instant::parse);
  }
}
