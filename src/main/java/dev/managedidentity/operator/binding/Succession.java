package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.api.Use;
import dev.managedidentity.operator.binding.BindingPlan.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What becomes of credentials that are asked for no longer. Pure. One for a subject that is still
 * asked for goes only when those that supersede it serve; if its issuer was replaced, only when no
 * pod can hold a token of it any more. Where an identity has no room for both, it goes first.
 *
 * @param bearers what is asked for
 * @param all what the status knows of
 * @param room how many credentials of the binding the identity has room for
 */
record Succession(
    List<BearerState> bearers,
    List<FederatedCredentialStatus> all,
    int room,
    CredentialRules rules,
    Instant now) {

  /** How many further credentials the identity has room for. */
  int places() {
    var taken =
        all.stream()
            .filter(entry -> entry.use() != Use.NONE)
            .filter(entry -> bearers.stream().anyMatch(bearer -> isOnSameIdentity(bearer, entry)))
            .count();
    return (int) Math.max(0, room - taken);
  }

  /** Whether anything is still to go. */
  boolean isPending() {
    return others().findAny().isPresent();
  }

  /** What must be saved before it goes. */
  List<Step> saving() {
    return Stream.concat(
            bearers.stream()
                .flatMap(bearer -> bearer.known().stream())
                .filter(entry -> entry.retireAt() != null)
                .map(Step.KeepCredential::new),
            others().flatMap(entry -> saving(entry).stream()))
        .toList();
  }

  private Optional<Step> saving(FederatedCredentialStatus entry) {
    if (isRemovable(entry)) {
      return entry.state() == State.ACTIVE
          ? Optional.of(new Step.DoubtCredential(entry))
          : Optional.empty();
    }
    return entry.retireAt() == null && isOfFormerIssuer(entry) && isSuperseded(entry)
        ? Optional.of(new Step.RetireCredential(entry, now.plus(rules.issuerGrace())))
        : Optional.empty();
  }

  /** What goes now. */
  List<Step> removal() {
    return others().filter(this::isRemovable).map(this::removal).toList();
  }

  private Step removal(FederatedCredentialStatus entry) {
    var step = CredentialPlanner.remove(entry);
    return step instanceof Step.DeleteCredential
            && successors(entry).findAny().isPresent()
            && !isSuperseded(entry)
        ? new Step.DeleteCredential(entry, true)
        : step;
  }

  private Stream<FederatedCredentialStatus> others() {
    return all.stream()
        .filter(
            entry ->
                bearers.stream()
                    .noneMatch(bearer -> bearer.known().filter(entry::equals).isPresent()));
  }

  private boolean isRemovable(FederatedCredentialStatus entry) {
    if (successors(entry).findAny().isEmpty()) {
      return true;
    }
    if (isInTheWay(entry)) {
      return true;
    }
    return isSuperseded(entry) && (!isOfFormerIssuer(entry) || isOver(entry));
  }

  private boolean isOver(FederatedCredentialStatus entry) {
    return entry.state() == State.REFUSED
        || (entry.retireAt() != null && !Instant.parse(entry.retireAt()).isAfter(now));
  }

  /** It holds the very place that its successor needs. */
  private boolean isInTheWay(FederatedCredentialStatus entry) {
    return places() == 0
        && successors(entry)
            .filter(bearer -> isOnSameIdentity(bearer, entry))
            .anyMatch(bearer -> !bearer.isNamed() && bearer.bearer().obstacle().isEmpty());
  }

  private boolean isSuperseded(FederatedCredentialStatus entry) {
    return successors(entry).allMatch(bearer -> bearer.isServing(rules));
  }

  private boolean isOfFormerIssuer(FederatedCredentialStatus entry) {
    return successors(entry).allMatch(bearer -> isOnSameIdentity(bearer, entry))
        && successors(entry).noneMatch(bearer -> bearer.wanted().issuer().equals(entry.issuer()));
  }

  private Stream<BearerState> successors(FederatedCredentialStatus entry) {
    return bearers.stream().filter(bearer -> bearer.wanted().subject().equals(entry.subject()));
  }

  private static boolean isOnSameIdentity(BearerState bearer, FederatedCredentialStatus entry) {
    return bearer.wanted().identity().equalsIgnoreCase(entry.identity());
  }
}
