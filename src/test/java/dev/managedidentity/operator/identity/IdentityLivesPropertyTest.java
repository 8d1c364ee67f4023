package dev.managedidentity.operator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagementPolicy;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.plan.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Random sequences of edits of the spec, changes of policy, changes by others and deletions: they
 * end in the planned state, and what is somebody else's stays as it was, letter by letter.
 */
class IdentityLivesPropertyTest {
  private static final List<String> ROLES =
      List.of(
          "{role: Reader, scope: /subscriptions/s1}",
          "{role: Reader, scope: /subscriptions/s2, condition: here}",
          "{role: Writer, scope: /subscriptions/s1}",
          "{role: Writer, scope: /subscriptions/s1, condition: there}");

  /** What a person wants at one moment. */
  record Wish(ManagementPolicy management, DeletionPolicy deletion, int tag, int roles) {
    ManagedIdentity resource(boolean isDeleted) {
      var wanted =
          IntStream.range(0, ROLES.size())
              .filter(index -> (roles & (1 << index)) != 0)
              .filter(index -> index != 3 || (roles & (1 << 2)) == 0) // the same role and scope
              .mapToObj(ROLES::get)
              .toList();
      var spec =
          "{managementPolicy: %s, deletionPolicy: %s, azure: {name: legacy, tags: {v: v%d}}, roleAssignments: [%s]}"
              .formatted(word(management), word(deletion), tag, String.join(", ", wanted));
      return isDeleted ? Resource.deletedWithSpec(spec) : Resource.withSpec(spec);
    }

    private static String word(Enum<?> value) {
      return value.name().charAt(0) + value.name().substring(1).toLowerCase(Locale.ROOT);
    }
  }

  /** What others do in Azure between two wishes. */
  enum Hand {
    NOTHING,
    DELETES_THE_IDENTITY,
    REPLACES_THE_IDENTITY,
    TAKES_ALL_TAGS,
    ADDS_A_TAG,
    MAKES_IT_REGIONAL,
    DELETES_A_GRANT
  }

  record Step(Wish wish, Hand hand, boolean isDeletion) {}

  @Provide
  Arbitrary<List<Step>> lives() {
    var wishes =
        Combinators.combine(
                Arbitraries.of(ManagementPolicy.class),
                Arbitraries.of(DeletionPolicy.class),
                Arbitraries.integers().between(1, 2),
                Arbitraries.integers().between(0, 15))
            .as(Wish::new);
    return Combinators.combine(
            wishes, Arbitraries.of(Hand.class), Arbitraries.integers().between(0, 5))
        .as((wish, hand, dice) -> new Step(wish, hand, dice == 0))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  /** The same lives every time, so that a failure is of the change that brings it. */
  @Property(tries = 1000, seed = "20261122")
  void aLifeEndsAsPlannedAndLeavesOthersAlone(
      @ForAll("lives") List<Step> life, @ForAll boolean isThere) {
    var world = new IdentityWorld(isThere);
    for (var step : life) {
      interfere(world, step.hand());
      var before = new Before(world.foreign(), world.tags(IdentityWorld.ID));
      var resource = step.wish().resource(step.isDeletion());
      settle(world, resource);
      assertThat(world.foreign()).as("what is somebody else's").isEqualTo(kept(world, before));
      if (step.isDeletion()) {
        isGone(world, step, before);
        world.forget();
      } else {
        isAsPlanned(world, step, before, resource);
      }
    }
  }

  record Before(List<String> foreign, Optional<Map<String, String>> tags) {}

  /** What hangs on an identity goes with it, and with nothing else. */
  private static List<String> kept(IdentityWorld world, Before before) {
    return world.principal().isPresent()
        ? before.foreign()
        : before.foreign().stream().filter(one -> !one.startsWith("FederatedCredential")).toList();
  }

  private static void settle(IdentityWorld world, ManagedIdentity resource) {
    for (var times = 0; times < 3; times++) {
      world.sweep(resource);
      world.pass(resource);
    }
  }

  private static void isAsPlanned(
      IdentityWorld world, Step step, Before before, ManagedIdentity resource) {
    world.azure().takeCalls();
    world.sweep(resource);
    var verdict = world.pass(resource);
    var calls = world.azure().takeCalls();
    if (step.wish().management() == ManagementPolicy.OBSERVE) {
      assertThat(calls).as("calls of a resource that is observed").allMatch(call -> isRead(call));
      assertThat(world.tags(IdentityWorld.ID)).isEqualTo(before.tags());
      return;
    }
    if (verdict instanceof Verdict.Troubled troubled) {
      assertThat(troubled.problem().reason()).isEqualTo(Reason.OWNED_BY_ANOTHER);
      assertThat(step.wish().management()).isEqualTo(ManagementPolicy.MANAGE);
      assertThat(world.tags(IdentityWorld.ID)).isEqualTo(before.tags());
      return;
    }
    assertThat(verdict).isInstanceOf(Verdict.Proven.class);
    assertThat(calls).as("calls at rest").isEmpty();
    assertThat(world.tags(IdentityWorld.ID).orElseThrow())
        .containsEntry("v", "v" + step.wish().tag())
        .containsEntry("managedidentity.dev.name", "orders");
    before
        .tags()
        .filter(tags -> tags.containsKey("keep"))
        .ifPresent(
            _ ->
                assertThat(world.tags(IdentityWorld.ID).orElseThrow()).containsEntry("keep", "me"));
    var wanted = resource.getSpec().roleAssignments().stream().map(IdentityWorld::wanted).toList();
    assertThat(world.granted()).containsAll(wanted);
    assertThat(world.granted())
        .as("what is granted beyond that was left by a resource that is gone")
        .allMatch(grant -> wanted.contains(grant) || world.left().contains(grant));
  }

  private static void isGone(IdentityWorld world, Step step, Before before) {
    var status = world.saved();
    if (step.wish().management() == ManagementPolicy.OBSERVE
        || step.wish().deletion() == DeletionPolicy.RETAIN) {
      assertThat(world.tags(IdentityWorld.ID)).isEqualTo(before.tags());
    } else if (status.ownership() == Ownership.CREATED) {
      assertThat(world.granted()).allMatch(world.left()::contains);
    }
  }

  private static boolean isRead(String call) {
    return call.startsWith("Find") || call.startsWith("List");
  }

  private static void interfere(IdentityWorld world, Hand hand) {
    var azure = world.azure();
    if (world.principal().isEmpty()) {
      return;
    }
    switch (hand) {
      case NOTHING -> {}
      case DELETES_THE_IDENTITY -> azure.removeIdentity(IdentityWorld.ID);
      case REPLACES_THE_IDENTITY -> azure.replaceIdentity(IdentityWorld.ID);
      case TAKES_ALL_TAGS -> azure.setTags(IdentityWorld.ID, Map.of());
      case ADDS_A_TAG -> {
        var tags = new HashMap<>(world.tags(IdentityWorld.ID).orElseThrow());
        tags.put("keep", "me");
        azure.setTags(IdentityWorld.ID, tags);
      }
      case MAKES_IT_REGIONAL -> azure.setRegional(IdentityWorld.ID, true);
      case DELETES_A_GRANT ->
          azure.assignments().stream()
              .filter(one -> !one.name().equals("theirs"))
              .findFirst()
              .ifPresent(one -> azure.removeAssignment(one.id()));
    }
  }
}
