package dev.managedidentity.operator.reliability;

import dev.managedidentity.dev.emulator.behaviour.Fault;
import dev.managedidentity.dev.emulator.behaviour.FaultRule;
import dev.managedidentity.dev.emulator.control.EmulatorControl;
import dev.managedidentity.dev.emulator.journal.RequestEntry;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** When the operator dies. */
sealed interface Moment {
  /** Azure has answered so many requests of the round. */
  record Answered(int requests) implements Moment {}

  /** A write is on its way; Azure carries it out after the operator's death. */
  record Underway(String operation) implements Moment {}

  /** A write was carried out; the operator has heard nothing but that the connection broke. */
  record Unheard(String operation) implements Moment {}

  /** A random one in a round that makes or removes these. */
  static Moment random(RandomGenerator random, List<Wish> wishes, boolean isDeletion) {
    var types =
        Stream.of(
                "userAssignedIdentities",
                "userAssignedIdentities/federatedIdentityCredentials",
                "roleAssignments")
            .limit(wishes.stream().anyMatch(Wish::isGranted) ? 3 : 2)
            .toList();
    var operation = types.get(random.nextInt(types.size())) + (isDeletion ? "/delete" : "/write");
    return switch (random.nextInt(4)) {
      case 0 -> new Underway(operation);
      case 1 -> new Unheard(operation);
      default -> new Answered(random.nextInt(wishes.stream().mapToInt(Wish::writes).sum() + 1));
    };
  }

  /** Gets Azure ready for it, before the round begins. */
  default void arm(EmulatorControl azure) {
    azure.resetRequests();
    switch (this) {
      case Answered _ -> {}
      case Underway(var operation) -> azure.addFault(FaultRule.once(operation, new Fault.Hang()));
      case Unheard(var operation) ->
          azure.addFault(FaultRule.once(operation, new Fault.LoseReply()));
    }
  }

  /** Whether it is now. */
  default boolean isNow(EmulatorControl azure) {
    return switch (this) {
      case Answered(var requests) -> answered(azure).count() >= requests;
      case Underway _ -> azure.faults().stream().anyMatch(fault -> fault.hanging() > 0);
      case Unheard _ -> answered(azure).anyMatch(request -> request.status() == 0);
    };
  }

  private static Stream<RequestEntry> answered(EmulatorControl azure) {
    return azure.requests().stream()
        .filter(request -> request.path().startsWith("/subscriptions/"));
  }
}
