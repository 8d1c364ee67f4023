package dev.managedidentity.operator.workload;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.kube.ExactDeletion;
import dev.managedidentity.operator.kube.SystemBindings;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;

/** Creates and deletes the ManagedIdentities that annotations ask for, and only those. */
final class AnnotatedIdentities {
  /** The kind of the workload for whose annotation a ManagedIdentity was created. */
  static final String KIND_LABEL = "managedidentity.dev/workload-kind";

  private static final ResourceDefinitionContext CONTEXT =
      ResourceDefinitionContext.fromResourceType(ManagedIdentity.class);

  private final KubernetesClient client;
  private final ExactDeletion deletion;

  AnnotatedIdentities(KubernetesClient client) {
    this.client = client;
    this.deletion = new ExactDeletion(client);
  }

  /** What an informer has to remember of such an identity. */
  static ItemStore<ManagedIdentity> store(KubernetesClient client) {
    return new ReducedStateItemStore<>(
        ReducedStateItemStore.NAME_KEY_STATE,
        ManagedIdentity.class,
        client.getKubernetesSerialization(),
        "metadata.uid",
        "metadata.labels",
        "metadata.ownerReferences",
        "metadata.deletionTimestamp",
        "spec.owner");
  }

  /**
   * Creates the identity of a workload, under its name. Never by apply: that would take over one
   * that somebody else created.
   *
   * @return whether there was none of that name
   */
  boolean create(Workload workload) {
    try {
      client
          .genericKubernetesResources(CONTEXT)
          .inNamespace(workload.namespace())
          .resource(identity(workload))
          .create();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  /** Holds what is said here and no default: with one of them set the schema refuses it. */
  private static GenericKubernetesResource identity(Workload workload) {
    var ref = workload.ref();
    var identity = new GenericKubernetesResource();
    identity.setApiVersion(HasMetadata.getApiVersion(ManagedIdentity.class));
    identity.setKind(HasMetadata.getKind(ManagedIdentity.class));
    identity.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(workload.namespace())
            .withName(ref.name())
            .withLabels(SystemBindings.LABELS)
            .addToLabels(KIND_LABEL, ref.kind())
            .withOwnerReferences(
                new OwnerReferenceBuilder(workload.ownerReference()).withController(true).build())
            .build());
    identity.setAdditionalProperty(
        "spec",
        Map.of(
            "type",
            "SystemAssigned",
            "owner",
            Map.of(
                "workload",
                Map.of("apiVersion", ref.apiVersion(), "kind", ref.kind(), "name", ref.name()))));
    return identity;
  }

  /** The ManagedIdentity of a workload's name, whoever made it, as the API server has it now. */
  Optional<ManagedIdentity> find(Workload workload) {
    return Optional.ofNullable(
        client
            .resources(ManagedIdentity.class)
            .inNamespace(workload.namespace())
            .withName(workload.ref().name())
            .get());
  }

  /** Deletes the ManagedIdentity of a workload's name if it still has this uid. */
  void delete(Workload workload, String uid) {
    deletion.delete(ManagedIdentity.class, workload.namespace(), workload.ref().name(), uid);
  }
}
