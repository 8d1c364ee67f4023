package dev.managedidentity.operator.journey;

import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.operator.azure.SubscriptionCredential;
import dev.managedidentity.operator.pods.UnboundPods;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How an operator is set up, and what is prepared before it starts. */
interface Setup {
  /** How the cluster is started, if it is this setup's own. */
  default ControlPlaneOptions controlPlane() {
    return ControlPlaneOptions.standard();
  }

  /** How Azure is started. */
  default EmulatorOptions azure() {
    return EmulatorOptions.defaults();
  }

  /** What is done before the operator starts, and how it is configured. */
  default Options prepare(Rig rig) {
    return Options.STANDARD;
  }

  /**
   * What differs from one setup to another.
   *
   * @param removesRefusedRoles whether roles that are refused later are removed
   * @param credentials who the operator is in some subscriptions
   * @param environment variables beyond those that say who it is elsewhere
   * @param trust whose tokens are accepted and how that is proven
   * @param webhook what becomes of pods without a binding; empty when no webhook is served
   */
  record Options(
      boolean removesRefusedRoles,
      List<SubscriptionCredential> credentials,
      Map<String, String> environment,
      TrustOptions trust,
      Optional<UnboundPods> webhook) {
    static final Options STANDARD =
        new Options(false, List.of(), Map.of(), TrustOptions.STANDARD, Optional.empty());

    public Options {
      credentials = List.copyOf(credentials);
      environment = Map.copyOf(environment);
    }

    Options removingRefusedRoles() {
      return new Options(true, credentials, environment, trust, webhook);
    }

    Options as(SubscriptionCredential credential, Map<String, String> variables) {
      return new Options(removesRefusedRoles, List.of(credential), variables, trust, webhook);
    }

    Options with(TrustOptions other) {
      return new Options(removesRefusedRoles, credentials, environment, other, webhook);
    }

    Options serving(UnboundPods unbound) {
      return new Options(
          removesRefusedRoles, credentials, environment, trust, Optional.of(unbound));
    }
  }

  /** The setup of the one operator that most tests share. */
  final class Shared implements Setup {
    @Override
    public Options prepare(Rig rig) {
      return Options.STANDARD.serving(UnboundPods.WAIT);
    }
  }
}
