package dev.managedidentity.operator.workload;

import dev.managedidentity.operator.api.Annotations;
import dev.managedidentity.operator.api.WorkloadRef;
import dev.managedidentity.operator.kube.OwnerReferences;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import org.jspecify.annotations.Nullable;

/**
 * All that the operator knows of a workload: two that are equal differ in nothing that counts.
 *
 * @param serviceAccount as which its pods run
 * @param controller what it was made by, in the same namespace; null when by nobody
 * @param isSystemAssigned whether it asks for an identity by annotation
 * @param isFinished whether it never starts a pod again
 */
public record Workload(
    String namespace,
    WorkloadRef ref,
    String uid,
    String serviceAccount,
    @Nullable WorkloadRef controller,
    boolean isSystemAssigned,
    boolean isDeleting,
    boolean isFinished) {
  /** As which pods run that name no service account. */
  static final String DEFAULT_ACCOUNT = "default";

  /** What the metadata of an object say, and its pod template. */
  static Workload of(
      HasMetadata object, WorkloadRef ref, @Nullable String serviceAccount, boolean isFinished) {
    var metadata = object.getMetadata();
    return new Workload(
        metadata.getNamespace(),
        ref,
        metadata.getUid(),
        serviceAccount == null || serviceAccount.isEmpty() ? DEFAULT_ACCOUNT : serviceAccount,
        controller(object),
        Annotations.isSystemAssigned(object),
        object.isMarkedForDeletion(),
        isFinished);
  }

  private static @Nullable WorkloadRef controller(HasMetadata object) {
    return OwnerReferences.controllerOf(object)
        .map(owner -> new WorkloadRef(owner.getApiVersion(), owner.getKind(), owner.getName()))
        .orElse(null);
  }

  /** Whether this is another workload than before, or asks for something else. */
  boolean asksAnew(Workload before) {
    return !uid.equals(before.uid) || isSystemAssigned != before.isSystemAssigned;
  }

  /** What ties the life of another object of the namespace to that of the workload. */
  public OwnerReference ownerReference() {
    return new OwnerReferenceBuilder()
        .withApiVersion(ref.apiVersion())
        .withKind(ref.kind())
        .withName(ref.name())
        .withUid(uid)
        .build();
  }
}
