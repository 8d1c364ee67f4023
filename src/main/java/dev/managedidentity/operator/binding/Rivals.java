package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.Use;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who of several bindings of one subject goes first: an identity takes a subject only once.
 *
 * @param binding the one that asks
 * @param status what it has
 * @param siblings all bindings of the same subject
 */
record Rivals(IdentityBinding binding, IdentityBindingStatus status, List<Sibling> siblings) {
  private static final Comparator<IdentityBinding> BY_AGE =
      Comparator.<IdentityBinding, String>comparing(
              binding -> binding.getMetadata().getCreationTimestamp())
          .thenComparing(binding -> binding.getMetadata().getUid());

  Rivals {
    siblings = List.copyOf(siblings);
  }

  /**
   * A binding of the same subject.
   *
   * @param identity resource id of the identity that it asks for; null while that is not known
   */
  record Sibling(IdentityBinding binding, @Nullable String identity) {
    IdentityBindingStatus status() {
      return Objects.requireNonNullElse(binding.getStatus(), IdentityBindingStatus.EMPTY);
    }

    boolean isDeleting() {
      return binding.isMarkedForDeletion();
    }
  }

  /** A binding looks at little of its siblings; the rest may change without waking it. */
  static boolean isSeenBySiblings(IdentityBinding now, IdentityBinding before) {
    return !now.getSpec().identityRef().equals(before.getSpec().identityRef())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || !has(now).equals(has(before));
  }

  private static List<Object> has(IdentityBinding binding) {
    var status = new Sibling(binding, null).status();
    return List.of(status.federatedCredentials(), status.assignments());
  }

  /** One that asks for the same identity, with this resource id, and comes first. */
  Optional<IdentityBinding> contender(@Nullable String identity) {
    return others()
        .filter(other -> asksForTheSame(other.binding()))
        .filter(other -> precedes(other, identity))
        .map(Sibling::binding)
        .findFirst();
  }

  /** One that asks for another identity by now, but has not let go of this one yet. */
  Optional<IdentityBinding> leaver(String identity) {
    return others()
        .filter(other -> !asksForTheSame(other.binding()))
        .filter(other -> other.status().uses(identity) != Use.NONE)
        .filter(_ -> status.uses(identity) != Use.YES)
        .map(Sibling::binding)
        .findFirst();
  }

  /** What others ask for of that which this one has no longer any use for. */
  Set<String> awaited(String identity) {
    return others()
        .filter(other -> !other.isDeleting())
        .flatMap(other -> Stream.ofNullable(other.identity()))
        .filter(other -> !other.equalsIgnoreCase(identity))
        .filter(other -> status.uses(other) != Use.NONE)
        .collect(Collectors.toSet());
  }

  /** Who has more of the identity keeps it; among those who have the same the oldest is first. */
  private boolean precedes(Sibling other, @Nullable String identity) {
    var lead = other.status().uses(identity).compareTo(status.uses(identity));
    return lead > 0
        || (lead == 0 && !other.isDeleting() && BY_AGE.compare(other.binding(), binding) < 0);
  }

  private Stream<Sibling> others() {
    var uid = binding.getMetadata().getUid();
    return siblings.stream().filter(other -> !other.binding().getMetadata().getUid().equals(uid));
  }

  private boolean asksForTheSame(IdentityBinding other) {
    return other.identityNamespace().equals(binding.identityNamespace())
        && other.getSpec().identityRef().name().equals(binding.getSpec().identityRef().name());
  }
}
