package dev.managedidentity.operator.kube;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingSpec;
import dev.managedidentity.operator.api.IdentityRef;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.Rollout;
import dev.managedidentity.operator.api.ServiceAccountSubject;
import dev.managedidentity.operator.api.Subject;
import dev.managedidentity.operator.api.WorkloadRef;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The Kubernetes side of a system-assigned identity: its one binding, which goes with it, and the
 * reference by which it goes with its workload. What somebody else made is never taken over.
 */
public final class SystemBindings implements OwnBindings {
  /** On every object that the operator made by itself. */
  public static final Map<String, String> LABELS =
      Map.of("app.kubernetes.io/managed-by", StatusWriter.FIELD_MANAGER);

  /** Not the operator's own: an apply under that one would take back its finalizer. */
  private static final String OWNER_MANAGER = StatusWriter.FIELD_MANAGER + "-owner";

  private final KubernetesClient client;
  private final ExactDeletion deletion;

  public SystemBindings(KubernetesClient client) {
    this.client = client;
    this.deletion = new ExactDeletion(client);
  }

  /** Never by apply: that would take over one that somebody else created. */
  @Override
  public Optional<Problem> create(ManagedIdentity identity, String serviceAccount) {
    var name = nameOf("IdentityBinding", identity);
    return tried(
        name,
        () -> {
          try {
            client.resource(binding(identity, serviceAccount)).create();
            return Optional.empty();
          } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
              throw e;
            }
            return occupied(name, identity, serviceAccount);
          }
        });
  }

  private static IdentityBinding binding(ManagedIdentity identity, String serviceAccount) {
    var metadata = identity.getMetadata();
    var binding = new IdentityBinding();
    binding.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .withLabels(LABELS)
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion(identity.getApiVersion())
                    .withKind(identity.getKind())
                    .withName(metadata.getName())
                    .withUid(metadata.getUid())
                    .withController(true)
                    .build())
            .build());
    binding.setSpec(
        new IdentityBindingSpec(
            new IdentityRef(metadata.getName(), null),
            Subject.of(new ServiceAccountSubject(serviceAccount, false, true)),
            null,
            null,
            IdentityBindingSpec.DEFAULT_EXPIRATION_SECONDS,
            Rollout.NEVER));
    return binding;
  }

  private Optional<Problem> occupied(String name, ManagedIdentity identity, String serviceAccount) {
    var there =
        client
            .resources(IdentityBinding.class)
            .inNamespace(identity.getMetadata().getNamespace())
            .withName(identity.getMetadata().getName())
            .get();
    if (there == null || there.isMarkedForDeletion()) {
      return Optional.of(new Problem.Contended(name + " is just being deleted."));
    }
    if (!OwnerReferences.isOwn(there, identity)) {
      return Optional.of(
          isOfPredecessor(identity, there)
              ? new Problem.Contended(name + " of an earlier identity is still there.")
              : new Problem.Blocked(
                  Reason.BINDING_CONFLICT, name + " exists and was not made by the operator."));
    }
    return isFor(serviceAccount, there)
        ? Optional.empty()
        : Optional.of(new Problem.Contended(name + " still binds another service account."));
  }

  /** Such a one goes by itself: Kubernetes collects what has lost its owner. */
  private static boolean isOfPredecessor(ManagedIdentity identity, IdentityBinding binding) {
    return OwnerReferences.controllerOf(binding)
        .filter(owner -> owner.getKind().equals(identity.getKind()))
        .filter(owner -> owner.getName().equals(identity.getMetadata().getName()))
        .isPresent();
  }

  private static boolean isFor(String serviceAccount, IdentityBinding binding) {
    var subject = binding.getSpec().subject().serviceAccount();
    return subject != null && subject.name().equals(serviceAccount);
  }

  /** That it is gone already is fine. */
  @Override
  public Optional<Problem> delete(ManagedIdentity identity, String uid) {
    var namespace = identity.getMetadata().getNamespace();
    var name = identity.getMetadata().getName();
    return tried(
        nameOf("IdentityBinding", identity),
        () -> {
          deletion.delete(IdentityBinding.class, namespace, name, uid);
          return Optional.empty();
        });
  }

  /** Other owners stay; an earlier workload that this made an owner does not. */
  @Override
  public Optional<Problem> own(ManagedIdentity identity, WorkloadRef workload, String uid) {
    var metadata = identity.getMetadata();
    if (metadata.getOwnerReferences().stream().anyMatch(owner -> owner.getUid().equals(uid))) {
      return Optional.empty();
    }
    var patch = new ManagedIdentity();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .withUid(metadata.getUid()) // with a uid the API server never creates it anew
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion(workload.apiVersion())
                    .withKind(workload.kind())
                    .withName(workload.name())
                    .withUid(uid)
                    .build())
            .build());
    return tried(
        nameOf("ManagedIdentity", identity),
        () -> {
          client.resource(patch).fieldManager(OWNER_MANAGER).serverSideApply();
          return Optional.empty();
        });
  }

  private static Optional<Problem> tried(String name, Supplier<Optional<Problem>> write) {
    try {
      return write.get();
    } catch (KubernetesClientException e) {
      return Optional.of(ServerReply.problem(name, e));
    }
  }

  private static String nameOf(String kind, ManagedIdentity identity) {
    return "%s %s/%s"
        .formatted(kind, identity.getMetadata().getNamespace(), identity.getMetadata().getName());
  }
}
