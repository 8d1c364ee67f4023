package dev.managedidentity.operator;

import dev.managedidentity.operator.admission.AdmissionAnswer;
import dev.managedidentity.operator.admission.AdmissionRequest;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.binding.IdentityBindingReconciler;
import dev.managedidentity.operator.identity.ManagedIdentityReconciler;
import dev.managedidentity.operator.kube.OwnUser;
import dev.managedidentity.operator.pods.PodAdmission;
import dev.managedidentity.operator.pods.UnboundPods;
import dev.managedidentity.operator.review.Judge;
import dev.managedidentity.operator.review.ResourceReview;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Who answers which question of the API server. */
record Admissions(
    PodAdmission.Accounts accounts,
    UnboundPods unbound,
    Judge<ManagedIdentity> identities,
    Judge<IdentityBinding> bindings,
    InstantSource clock) {

  /** Answers by path; all of them from memory. */
  Map<String, Function<AdmissionRequest, AdmissionAnswer>> handlers(
      KubernetesClient client, PodAdmission.Defaults defaults) {
    var untouched = Set.of("kube-system", client.getNamespace());
    var pods = new PodAdmission(accounts, defaults, unbound, untouched);
    var operator = OwnUser.name(client);
    var ofIdentities =
        new ResourceReview<>(
            ManagedIdentity.class,
            new ResourceReview.Guard(ManagedIdentityReconciler.FINALIZER, operator),
            identities,
            clock);
    var ofBindings =
        new ResourceReview<>(
            IdentityBinding.class,
            new ResourceReview.Guard(IdentityBindingReconciler.FINALIZER, operator),
            bindings,
            clock);
    return Map.of(
        Webhook.PODS,
        pods::answer,
        Webhook.IDENTITIES,
        ofIdentities::answer,
        Webhook.BINDINGS,
        ofBindings::answer);
  }
}
