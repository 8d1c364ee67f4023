package dev.managedidentity.operator.journey;

import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.operator.azure.SubscriptionCredential;
import java.util.List;
import java.util.Map;

/** How an operator is set up, and what is prepared before it starts. */
interface Setup {
  Options prepare(Rig rig);

  /**
   * What differs from one setup to another.
   *
   * @param removesRefusedRoles whether roles that are refused later are removed
   * @param credentials who the operator is in some subscriptions
   * @param environment variables beyond those that say who it is elsewhere
   */
  record Options(
      boolean removesRefusedRoles,
      List<SubscriptionCredential> credentials,
      Map<String, String> environment) {
    public Options {
      credentials = List.copyOf(credentials);
      environment = Map.copyOf(environment);
    }
  }

  /** The setup of the one operator that most tests share. */
  final class Shared implements Setup {
    @Override
    public Options prepare(Rig rig) {
      return new Options(false, List.of(), Map.of());
    }
  }
}
