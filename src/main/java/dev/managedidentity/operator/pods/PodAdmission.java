package dev.managedidentity.operator.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.managedidentity.operator.admission.AdmissionAnswer;
import dev.managedidentity.operator.admission.AdmissionRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Completes a pod that is being created. Pure: it knows what the caches know, asks nobody and
 * changes nothing else. A pod that has everything is left as it is, so it may be asked again.
 */
public final class PodAdmission {
  /** Keeps a pod from being scheduled before it can sign in. */
  public static final String GATE = "managedidentity.dev/identity";

  /** On pods: the client as whom they were started. */
  public static final String CLIENT_ID = "managedidentity.dev/client-id";

  private static final String SKIPPED = "azure.workload.identity/skip-containers";
  private static final String EXPIRATION =
      "azure.workload.identity/service-account-token-expiration";
  private static final int LEAST_SECONDS = 3600;
  private static final int MOST_SECONDS = 86_400;

  private final Accounts accounts;
  private final Defaults defaults;
  private final UnboundPods unbound;
  private final Set<String> untouched;

  /** What is known of service accounts; answers from memory. */
  @FunctionalInterface
  public interface Accounts {
    /** What is known of this one. */
    AccountIdentities of(String namespace, String serviceAccount);
  }

  /**
   * For pods whose identity is not known yet.
   *
   * @param authorityHost where Entra gives out tokens, with a slash at its end
   */
  public record Defaults(String authorityHost, String audience, int expirationSeconds) {}

  /**
   * What becomes of a pod.
   *
   * @param patch operations of a JSON patch
   * @param warnings for whoever creates it
   */
  record Completion(ArrayNode patch, List<String> warnings) {
    Completion {
      warnings = List.copyOf(warnings);
    }

    static Completion nothing() {
      return new Completion(JsonNodeFactory.instance.arrayNode(), List.of());
    }
  }

  /**
   * Completes pods.
   *
   * @param untouched namespaces whose pods are left as they are
   */
  public PodAdmission(
      Accounts accounts, Defaults defaults, UnboundPods unbound, Set<String> untouched) {
    this.accounts = accounts;
    this.defaults = defaults;
    this.unbound = unbound;
    this.untouched = Set.copyOf(untouched);
  }

  /** The answer about a pod that is to be created. */
  public AdmissionAnswer answer(AdmissionRequest request) {
    var namespace = request.target().namespace();
    if (untouched.contains(namespace)) {
      return AdmissionAnswer.allowed();
    }
    var completion = complete(namespace, request.change().object());
    return AdmissionAnswer.patched(completion.patch(), completion.warnings());
  }

  /** The completion of a pod as it was sent. */
  Completion complete(String namespace, JsonNode pod) {
    var annotations = texts(pod.path("metadata").path("annotations"));
    var wish =
        PodWish.of(
            namespace,
            texts(pod.path("metadata").path("labels")),
            annotations,
            pod.path("spec").path("serviceAccountName").asText(""));
    if (!wish.isUsing()) {
      return Completion.nothing();
    }
    var account = accounts.of(namespace, wish.serviceAccount());
    return switch (Choice.of(wish, account)) {
      case Choice.Others _ -> Completion.nothing();
      case Choice.Unbound(var reason) ->
          switch (unbound) {
            case WAIT ->
                completion(pod, wish, annotations, account, Optional.empty(), Optional.of(reason));
            case START -> Completion.nothing();
          };
      case Choice.Bound(var bound) ->
          completion(pod, wish, annotations, account, Optional.of(bound), bound.waiting());
    };
  }

  private Completion completion(
      JsonNode pod,
      PodWish wish,
      Map<String, String> annotations,
      AccountIdentities account,
      Optional<BoundIdentity> bound,
      Optional<String> waiting) {
    var warnings = new ArrayList<String>();
    var expiration =
        bound.map(BoundIdentity::expirationSeconds).orElse(defaults.expirationSeconds());
    var settings =
        new SignInSettings(
            ClientIds.configMap(wish.serviceAccount()),
            ClientIds.key(wish.identity()),
            wish.identity().isPresent() ? account.defaultClients() : Set.of(),
            ClientIds.tenantKey(wish.identity()),
            bound.flatMap(BoundIdentity::tenantId),
            defaults.authorityHost(),
            bound.map(BoundIdentity::audience).orElse(defaults.audience()),
            expiration(annotations.get(EXPIRATION), expiration, warnings));
    var patch = new JsonPatch();
    PodPatch.write(patch, pod, settings, skipped(annotations.get(SKIPPED)));
    if (waiting.isPresent()) {
      gate(patch, pod);
    } else {
      bound
          .flatMap(BoundIdentity::clientId)
          .filter(id -> !id.equals(annotations.get(CLIENT_ID)))
          .ifPresent(
              id ->
                  patch.put(
                      "/metadata/annotations", pod.at("/metadata/annotations"), CLIENT_ID, id));
    }
    return new Completion(patch.operations(), warnings);
  }

  /** A pod that has its node already cannot be held: its containers wait for the ConfigMap. */
  private static void gate(JsonPatch patch, JsonNode pod) {
    var gates = pod.path("spec").path("schedulingGates");
    var isGated =
        StreamSupport.stream(gates.spliterator(), false)
            .anyMatch(gate -> gate.path("name").asText().equals(GATE));
    if (!isGated && pod.path("spec").path("nodeName").asText("").isEmpty()) {
      var json = JsonNodeFactory.instance;
      patch.append(
          "/spec/schedulingGates",
          gates,
          json.arrayNode().add(json.objectNode().put("name", GATE)));
    }
  }

  private static int expiration(@Nullable String text, int otherwise, List<String> warnings) {
    if (text == null) {
      return otherwise;
    }
    var seconds = text.strip().matches("[0-9]{4,5}") ? Integer.parseInt(text.strip()) : 0;
    if (seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS) {
      return seconds;
    }
    warnings.add(
        "%s must be a number from %d to %d; %d is used."
            .formatted(EXPIRATION, LEAST_SECONDS, MOST_SECONDS, otherwise));
    return otherwise;
  }

  private static Set<String> skipped(@Nullable String names) {
    return names == null
        ? Set.of()
        : Arrays.stream(names.split(";", -1)).map(String::strip).collect(Collectors.toSet());
  }

  private static Map<String, String> texts(JsonNode map) {
    var texts = new HashMap<String, String>();
    map.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }
}
