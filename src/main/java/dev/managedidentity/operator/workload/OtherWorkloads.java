package dev.managedidentity.operator.workload;

import dev.managedidentity.operator.api.WorkloadRef;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Asks the API server for workloads of kinds that are not watched: anything with a pod template
 * that the operator may read.
 */
final class OtherWorkloads {
  private static final List<Object[]> PODS =
      List.of(
          new Object[] {"spec", "template", "spec"},
          new Object[] {"spec", "jobTemplate", "spec", "template", "spec"});

  private final KubernetesClient client;

  OtherWorkloads(KubernetesClient client) {
    this.client = client;
  }

  Lookup find(String namespace, WorkloadRef ref) {
    try {
      var found =
          client
              .genericKubernetesResources(ref.apiVersion(), ref.kind())
              .inNamespace(namespace)
              .withName(ref.name())
              .get();
      return found == null
          ? missing("There is no %s in namespace %s.".formatted(ref, namespace))
          : read(found, ref);
    } catch (KubernetesClientException e) {
      return problem(namespace, ref, e);
    }
  }

  private static Lookup read(GenericKubernetesResource found, WorkloadRef ref) {
    return PODS.stream()
        .flatMap(path -> pod(found, path).stream())
        .findFirst()
        .<Lookup>map(pod -> new Lookup.Found(Workload.of(found, ref, account(pod), false)))
        .orElseGet(
            () ->
                new Lookup.Missing(
                    new Problem.Rejected(
                        Reason.WORKLOAD_WITHOUT_POD_TEMPLATE,
                        "%s has neither spec.template.spec nor spec.jobTemplate.spec.template.spec."
                            .formatted(ref))));
  }

  private static Optional<Map<?, ?>> pod(GenericKubernetesResource found, Object[] path) {
    return found.get(path) instanceof Map<?, ?> pod ? Optional.of(pod) : Optional.empty();
  }

  /** The second is the name of old; the API server fills in each from the other, others do not. */
  private static String account(Map<?, ?> pod) {
    return Stream.of("serviceAccountName", "serviceAccount")
        .map(pod::get)
        .filter(Objects::nonNull)
        .map(Object::toString)
        .findFirst()
        .orElse(Workload.DEFAULT_ACCOUNT);
  }

  private Lookup problem(String namespace, WorkloadRef ref, KubernetesClientException e) {
    var status = e.getStatus();
    var said = status == null ? String.valueOf(e.getMessage()) : status.getMessage();
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_NOT_FOUND -> unknownKind(ref);
      case HttpURLConnection.HTTP_FORBIDDEN ->
          new Lookup.Missing(
              new Problem.Denied(
                  Reason.KUBERNETES_FORBIDDEN,
                  "%s in namespace %s: %s. The operator's ClusterRole needs the rule %s."
                      .formatted(ref, namespace, said, rule(ref, e))));
      default ->
          isUnknownKind(ref, e)
              ? unknownKind(ref)
              : new Lookup.Missing(new Problem.Unreachable("%s: %s.".formatted(ref, said)));
    };
  }

  /** The client's own words for it carry no code; only then is the API server asked again. */
  private boolean isUnknownKind(WorkloadRef ref, KubernetesClientException e) {
    try {
      return e.getCode() <= 0 && !client.supports(ref.apiVersion(), ref.kind());
    } catch (KubernetesClientException _) {
      return false;
    }
  }

  private static Lookup unknownKind(WorkloadRef ref) {
    return missing("This cluster has no kind %s of %s.".formatted(ref.kind(), ref.apiVersion()));
  }

  private static String rule(WorkloadRef ref, KubernetesClientException e) {
    var details = e.getStatus() == null ? null : e.getStatus().getDetails();
    var group = ref.apiVersion().substring(0, Math.max(0, ref.apiVersion().indexOf('/')));
    return "{apiGroups: [\"%s\"], resources: [%s], verbs: [get]}"
        .formatted(group, details == null ? "the plural of " + ref.kind() : details.getKind());
  }

  private static Lookup missing(String detail) {
    return new Lookup.Missing(new Problem.Waiting(Reason.WORKLOAD_NOT_FOUND, detail));
  }
}
