package dev.managedidentity.operator.sharding;

import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentitySpec;
import dev.managedidentity.operator.kube.ExactDeletion;
import dev.managedidentity.operator.kube.ServerReply;
import dev.managedidentity.operator.kube.StatusWriter;
import dev.managedidentity.operator.kube.SystemBindings;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes, changes and deletes shards in Kubernetes. */
public final class AppliedShards implements ShardWriter {
  /** Not the operator's own: an apply under that one would take back its finalizer. */
  private static final String MANAGER = StatusWriter.FIELD_MANAGER + "-shards";

  private final KubernetesClient client;
  private final ExactDeletion deletion;

  private final Places places;

  public AppliedShards(KubernetesClient client, Places places) {
    this.client = client;
    this.places = places;
    this.deletion = new ExactDeletion(client);
  }

  @Override
  public Optional<Problem> apply(ManagedIdentity parent, ShardPlan.Step step) {
    var namespace = parent.getMetadata().getNamespace();
    try {
      return switch (step) {
        case ShardPlan.Step.Apply(var name, var spec) -> make(parent, name, spec);
        case ShardPlan.Step.Delete(var shard) -> delete(parent, shard);
      };
    } catch (KubernetesClientException e) {
      return Optional.of(ServerReply.problem("ManagedIdentity " + namespace + "/" + name(step), e));
    }
  }

  /** A binding that got its place there a moment ago would else be stuck with what is going. */
  private Optional<Problem> delete(ManagedIdentity parent, ManagedIdentity shard) {
    var metadata = shard.getMetadata();
    if (!places.close(parent, shard)) {
      return Optional.of(
          new Problem.Contended(
              "ManagedIdentity %s/%s was empty, and has a new binding."
                  .formatted(metadata.getNamespace(), metadata.getName())));
    }
    try {
      write(parent, metadata.getName(), metadata.getUid(), deleted(shard.getSpec()));
      deletion.delete(
          ManagedIdentity.class, metadata.getNamespace(), metadata.getName(), metadata.getUid());
      return Optional.empty();
    } catch (KubernetesClientException e) {
      places.reopen(shard);
      throw e;
    }
  }

  /** Never by apply alone: that would take over one that somebody else made. */
  private Optional<Problem> make(ManagedIdentity parent, String name, ManagedIdentitySpec spec) {
    var there =
        client
            .resources(ManagedIdentity.class)
            .inNamespace(parent.getMetadata().getNamespace())
            .withName(name)
            .get();
    if (there == null) {
      return create(parent, name, spec);
    }
    if (!Shards.isOf(parent, there)) {
      return Optional.of(
          new Problem.Blocked(
              Reason.IDENTITY_NAME_TAKEN,
              "ManagedIdentity %s/%s is needed as a shard of %s, but is somebody else's."
                  .formatted(
                      parent.getMetadata().getNamespace(), name, parent.getMetadata().getName())));
    }
    write(parent, name, there.getMetadata().getUid(), spec);
    return Optional.empty();
  }

  private Optional<Problem> create(ManagedIdentity parent, String name, ManagedIdentitySpec spec) {
    try {
      client.resource(shard(parent, name, null, spec)).create();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      return Optional.of(
          new Problem.Contended("ManagedIdentity " + name + " was made a moment ago."));
    }
  }

  private void write(ManagedIdentity parent, String name, String uid, ManagedIdentitySpec spec) {
    client
        .resource(shard(parent, name, uid, spec))
        .fieldManager(MANAGER)
        .forceConflicts()
        .serverSideApply();
  }

  /** With a uid the API server never creates it anew. */
  private static ManagedIdentity shard(
      ManagedIdentity parent, String name, @Nullable String uid, ManagedIdentitySpec spec) {
    var shard = new ManagedIdentity();
    shard.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(parent.getMetadata().getNamespace())
            .withName(name)
            .withUid(uid)
            .withLabels(SystemBindings.LABELS)
            .addToLabels(Map.of(Shards.LABEL, label(parent.getMetadata().getName())))
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion(parent.getApiVersion())
                    .withKind(parent.getKind())
                    .withName(parent.getMetadata().getName())
                    .withUid(parent.getMetadata().getUid())
                    .withController(true)
                    .build())
            .build());
    shard.setSpec(spec);
    return shard;
  }

  /** Values of labels have at most 63 characters; the owner reference has the whole name. */
  private static String label(String name) {
    return name.length() <= 63 ? name : name.substring(0, 63).replaceAll("[-.]+$", "");
  }

  /** An empty shard is not what somebody wanted to retain. */
  private static ManagedIdentitySpec deleted(ManagedIdentitySpec spec) {
    return new ManagedIdentitySpec(
        spec.type(),
        spec.owner(),
        spec.azure(),
        spec.managementPolicy(),
        DeletionPolicy.DELETE,
        spec.allowedNamespaces(),
        spec.federation(),
        spec.roleAssignments());
  }

  private static String name(ShardPlan.Step step) {
    return switch (step) {
      case ShardPlan.Step.Apply(var name, var _) -> name;
      case ShardPlan.Step.Delete(var shard) -> shard.getMetadata().getName();
    };
  }
}
