package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What GitOps does all day: the same YAML is applied again, with labels of the tool's own. */
@UsesControlPlane
@UsesOperator
class ReapplyIT {
  private static final int TIMES = 3;

  @Test
  void costsNoCallToAzureAndTheStatusStaysAsItIs(Team team) {
    apply(team);
    var binding = team.awaitReadyBinding("api");
    team.eventually(() -> assertThat(team.used("orders")).isEqualTo(1));
    var identity = team.awaitReadyIdentity("orders");
    var seen = ConcurrentHashMap.<Object>newKeySet();
    team.awaitLists();
    var requests = team.requests().size();

    try (var _ =
            team.kubectl()
                .resources(ManagedIdentity.class)
                .inNamespace(team.name())
                .watch(new Statuses<>(seen));
        var _ =
            team.kubectl()
                .resources(IdentityBinding.class)
                .inNamespace(team.name())
                .watch(new Statuses<>(seen))) {
      for (var time = 0; time < TIMES; time++) {
        apply(team);
        var id = "shop:" + time;
        team.annotate(ManagedIdentity.class, "orders", "argocd.argoproj.io/tracking-id", id);
        team.annotate(IdentityBinding.class, "api", "argocd.argoproj.io/tracking-id", id);
      }
      team.awaitLists();

      assertThat(team.requests()).hasSize(requests);
      assertThat(team.identity("orders")).isEqualTo(identity);
      assertThat(team.binding("api")).isEqualTo(binding);
      assertThat(seen).containsOnly(identity, binding);
    }
  }

  private static void apply(Team team) {
    team.applyAccount("api");
    team.applyIdentity("orders", "{}");
    team.applyBinding("api", "orders");
  }

  /** Remembers every status that is seen. */
  private record Statuses<R extends CustomResource<?, ?>>(Set<Object> seen) implements Watcher<R> {
    @Override
    public void eventReceived(Action action, R resource) {
      seen.add(resource.getStatus());
    }

    @Override
    public void onClose(WatcherException cause) {
      throw new AssertionError(cause);
    }
  }
}
