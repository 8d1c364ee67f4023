package dev.managedidentity.operator.kube;

import dev.managedidentity.operator.ownership.DerivedNames;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sets and removes the annotations by which azure-workload-identity knows a service account's
 * identity. By server-side apply without force and under a field manager for each binding: what
 * somebody else set is a conflict, never overwritten, and only what a binding set is removed.
 */
public final class AccountAnnotations {
  private static final String PREFIX = "azure.workload.identity/";
  private static final String CLIENT_ID = PREFIX + "client-id";
  private static final String MANAGERS = "managedidentity.dev/";
  private static final int READABLE_LENGTH = 64;

  private final KubernetesClient client;

  public AccountAnnotations(KubernetesClient client) {
    this.client = client;
  }

  /**
   * A service account and the binding that speaks.
   *
   * @param owner set on an account that is created, so that it goes with the binding
   */
  public record Target(String namespace, String name, String binding, OwnerReference owner) {
    /** Who the account's pods are by their tokens. */
    public String subject() {
      return "system:serviceaccount:" + namespace + ":" + name;
    }

    /** Field manager of the binding; the API server allows 128 characters. */
    public String fieldManager() {
      var readable =
          binding.length() <= READABLE_LENGTH ? binding : binding.substring(0, READABLE_LENGTH);
      return MANAGERS + readable + "-" + DerivedNames.digest(binding);
    }

    /** Whether the API server has this binding in its books as a setter of annotations. */
    public boolean isAnnotatorOf(ServiceAccount account) {
      return hasAnnotator(account, fieldManager()::equals);
    }

    /** Whether the account goes with this binding, because it was created for it. */
    public boolean isOwnerOf(ServiceAccount account) {
      return account.getMetadata().getOwnerReferences().stream()
          .anyMatch(reference -> owner.getUid().equals(reference.getUid()));
    }
  }

  /** Whether the account's pods sign in as a client that no binding speaks of. */
  public static boolean isClientOfOthers(ServiceAccount account) {
    var annotations = account.getMetadata().getAnnotations();
    return annotations != null
        && annotations.containsKey(CLIENT_ID)
        && !hasAnnotator(account, manager -> manager.startsWith(MANAGERS));
  }

  private static boolean hasAnnotator(ServiceAccount account, Predicate<String> isManager) {
    return account.getMetadata().getManagedFields().stream()
        .filter(entry -> entry.getManager() != null && isManager.test(entry.getManager()))
        .map(ManagedFieldsEntry::getFieldsV1)
        .filter(Objects::nonNull)
        .map(fields -> fields.getAdditionalProperties().get("f:metadata"))
        .anyMatch(fields -> fields instanceof Map<?, ?> map && map.containsKey("f:annotations"));
  }

  /**
   * The annotations of an account whose pods sign in as this client
   * (https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html).
   */
  public static Map<String, String> of(String clientId, String tenantId, int expirationSeconds) {
    return Map.of(
        CLIENT_ID,
        clientId,
        PREFIX + "tenant-id",
        tenantId,
        PREFIX + "service-account-token-expiration",
        Integer.toString(expirationSeconds));
  }

  /**
   * Creates the account with the binding as its owner, then sets these annotations. Never by apply:
   * that would take over an account that somebody else created a moment ago.
   */
  public Optional<Problem> create(Target target, Map<String, String> annotations) {
    var account = account(target, null, Map.of(), true);
    try {
      var created = client.resource(account).create();
      return annotations.isEmpty()
          ? Optional.empty()
          : set(target, created.getMetadata().getUid(), true, annotations);
    } catch (KubernetesClientException e) {
      return Optional.of(problem(target, e));
    }
  }

  /** Makes these the binding's annotations on the account with this uid; none removes them. */
  public Optional<Problem> set(
      Target target, String uid, boolean isOwned, Map<String, String> annotations) {
    var account = account(target, uid, annotations, isOwned);
    try {
      client.resource(account).fieldManager(target.fieldManager()).serverSideApply();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return annotations.isEmpty() && isGone(e)
          ? Optional.empty()
          : Optional.of(problem(target, e));
    }
  }

  private static ServiceAccount account(
      Target target, @Nullable String uid, Map<String, String> annotations, boolean isOwned) {
    return new ServiceAccountBuilder()
        .withNewMetadata()
        .withNamespace(target.namespace())
        .withName(target.name())
        .withUid(uid) // with a uid the API server never creates the account anew
        .withAnnotations(annotations)
        .withOwnerReferences(isOwned ? List.of(target.owner()) : List.of())
        .endMetadata()
        .build();
  }

  /** 404: deleted; 409: created anew since, with another uid. Nothing of ours is left on it. */
  private static boolean isGone(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }

  private static Problem problem(Target target, KubernetesClientException e) {
    var account = "Service account %s/%s".formatted(target.namespace(), target.name());
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_CONFLICT ->
          isOfFields(e.getStatus())
              ? new Problem.Blocked(Reason.SERVICE_ACCOUNT_CONFLICT, ServerReply.text(account, e))
              : ServerReply.problem(account, e);
      case HttpURLConnection.HTTP_NOT_FOUND ->
          new Problem.Waiting(Reason.SERVICE_ACCOUNT_NOT_FOUND, ServerReply.text(account, e));
      default -> ServerReply.problem(account, e);
    };
  }

  /** Else the account was created, or created anew, a moment ago: the next look sees it. */
  private static boolean isOfFields(@Nullable Status status) {
    return status != null
        && status.getDetails() != null
        && status.getDetails().getCauses().stream()
            .anyMatch(cause -> "FieldManagerConflict".equals(cause.getReason()));
  }
}
