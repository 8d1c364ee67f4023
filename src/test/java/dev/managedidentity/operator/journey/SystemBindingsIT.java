package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.WorkloadRef;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import dev.managedidentity.operator.kube.SystemBindings;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a real API server makes of these writes, under the operator's own rights. */
@UsesControlPlane
@UsesOperator
class SystemBindingsIT {
  @Test
  void theBindingIsCreatedOnceAndOnlyTheVeryOneIsDeleted(Team team) {
    var identity = identity(team);
    var bindings = new SystemBindings(team.operator().client());

    assertThat(bindings.create(identity, "orders")).isEmpty();
    assertThat(bindings.create(identity, "orders")).isEmpty();
    assertThat(bindings.create(identity, "payments").map(Problem::reason))
        .contains(Reason.CONTENDED);

    var binding = team.findBinding("web").orElseThrow();
    var subject = requireNonNull(binding.getSpec().subject().serviceAccount());
    assertThat(subject.name()).isEqualTo("orders");
    assertThat(bindings.delete(identity, "another-uid")).isEmpty();
    assertThat(team.findBinding("web")).isPresent();
    assertThat(bindings.delete(identity, binding.getMetadata().getUid())).isEmpty();
    team.awaitNoBinding("web");
    assertThat(bindings.delete(identity, binding.getMetadata().getUid())).isEmpty();
  }

  @Test
  void aBindingOfSomebodyElseStays(Team team) {
    var identity = identity(team);
    team.applyBinding("web", "web");

    assertThat(new SystemBindings(team.operator().client()).create(identity, "web"))
        .contains(
            new Problem.Blocked(
                Reason.BINDING_CONFLICT,
                "IdentityBinding %s/web exists and was not made by the operator."
                    .formatted(team.name())));
  }

  @Test
  void anOwnerIsAddedToThoseThereAreAndTheFinalizersStay(Team team) {
    var bindings = new SystemBindings(team.operator().client());
    var first = owner(team, "first");
    team.apply(
        """
        apiVersion: managedidentity.dev/v1alpha1
        kind: ManagedIdentity
        metadata:
          name: web
          namespace: $NAMESPACE
          ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: first, uid: %s}]
        spec: {}
        """
            .formatted(first.getUid()));
    team.awaitReadyIdentity("web");
    var seen = team.findIdentity("web").orElseThrow();
    var second = owner(team, "second");

    assertThat(bindings.own(seen, SECOND, second.getUid())).isEmpty();
    var once = team.findIdentity("web").orElseThrow();
    assertThat(bindings.own(seen, SECOND, second.getUid()))
        .as("again, from a cache that lags")
        .isEmpty();
    var twice = team.findIdentity("web").orElseThrow();

    assertThat(owners(once)).containsExactlyInAnyOrder(first.getUid(), second.getUid());
    assertThat(once.getMetadata().getFinalizers()).isEqualTo(seen.getMetadata().getFinalizers());
    assertThat(twice.getMetadata().getResourceVersion())
        .isEqualTo(once.getMetadata().getResourceVersion());
  }

  @Test
  void anIdentityThatIsGoneIsNotCreatedAnew(Team team) {
    var identity = identity(team);
    team.deleteIdentity("web");
    team.awaitNoIdentity("web");

    var problem =
        new SystemBindings(team.operator().client())
            .own(identity, SECOND, owner(team, "second").getUid());

    assertThat(problem.map(Problem::reason)).contains(Reason.CONTENDED);
    assertThat(team.findIdentity("web")).isEmpty();
  }

  private static final WorkloadRef SECOND = new WorkloadRef("v1", "ConfigMap", "second");

  private static ManagedIdentity identity(Team team) {
    team.applyIdentity("web", "{}");
    team.awaitReadyIdentity("web");
    return team.findIdentity("web").orElseThrow();
  }

  private static List<String> owners(ManagedIdentity identity) {
    return identity.getMetadata().getOwnerReferences().stream()
        .map(OwnerReference::getUid)
        .toList();
  }

  private static OwnerReference owner(Team team, String name) {
    var made =
        team.kubectl()
            .resource(
                new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withNamespace(team.name())
                    .endMetadata()
                    .build())
            .create();
    return new OwnerReferenceBuilder()
        .withApiVersion("v1")
        .withKind("ConfigMap")
        .withName(name)
        .withUid(made.getMetadata().getUid())
        .build();
  }
}
