package dev.managedidentity.operator.pods;

import java.util.stream.Collectors;

/** As whom a pod signs in. Pure. */
public sealed interface Choice {
  /** As this identity. */
  record Bound(BoundIdentity identity) implements Choice {}

  /**
   * Not known: a binding is missing.
   *
   * @param reason what is missing and how to get it, for people
   */
  record Unbound(String reason) implements Choice {}

  /** As somebody else says: the pod is none of the operator's. */
  record Others() implements Choice {}

  /** The choice for a pod that wants an identity. */
  static Choice of(PodWish wish, AccountIdentities account) {
    var chosen =
        account.bound().stream()
            .filter(
                bound -> wish.identity().map(bound.identity()::equals).orElseGet(bound::isDefault))
            .findFirst();
    if (chosen.isPresent()) {
      return new Bound(chosen.get());
    }
    return account.isSetByOthers() && wish.identity().isEmpty()
        ? new Others()
        : new Unbound(reason(wish, account));
  }

  private static String reason(PodWish wish, AccountIdentities account) {
    var who = "service account %s/%s".formatted(wish.namespace(), wish.serviceAccount());
    if (wish.identity().isPresent()) {
      return ("No IdentityBinding binds %s to identity %s, which the annotation %s names. "
              + "Create one, or name another identity.")
          .formatted(who, wish.identity().get(), PodWish.IDENTITY);
    }
    if (account.bound().isEmpty()) {
      return ("No IdentityBinding binds %s. Create one, "
              + "or remove the label %s from pods that need no identity.")
          .formatted(who, PodWish.LABEL);
    }
    return ("No IdentityBinding of %s annotates it, so pods must choose: "
            + "set the annotation %s to one of %s.")
        .formatted(
            who,
            PodWish.IDENTITY,
            account.bound().stream()
                .map(BoundIdentity::identity)
                .sorted()
                .collect(Collectors.joining(", ")));
  }
}
