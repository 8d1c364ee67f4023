package dev.managedidentity.operator.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What is added to a pod so that its containers can sign in. Pure. Only what is absent: a variable
 * that the user or azure-workload-identity has set stays as it is, but for a client id of
 * azure-workload-identity that is empty, for it knew none, or not that of the identity that the pod
 * names.
 */
final class PodPatch {
  private static final String CLIENT_ID = "AZURE_CLIENT_ID";
  private static final String TENANT_ID = "AZURE_TENANT_ID";
  private static final List<String> LISTS = List.of("initContainers", "containers");

  private final JsonNode spec;
  private final SignInSettings settings;
  private final Set<String> skipped;
  private final String volume;
  private final JsonPatch patch;

  private PodPatch(JsonPatch patch, JsonNode pod, SignInSettings settings, Set<String> skipped) {
    this.patch = patch;
    this.spec = pod.path("spec");
    this.settings = settings;
    this.skipped = skipped;
    this.volume =
        elements(spec.path("volumes"))
            .filter(TokenVolume::isToken)
            .map(found -> found.path("name").asText())
            .findFirst()
            .orElseGet(() -> TokenVolume.name(pod));
  }

  /**
   * Writes the patch.
   *
   * @param skipped names of containers that get nothing
   */
  static void write(JsonPatch patch, JsonNode pod, SignInSettings settings, Set<String> skipped) {
    new PodPatch(patch, pod, settings, skipped).write();
  }

  private void write() {
    var isMounted = false;
    for (var list : LISTS) {
      var containers = spec.path(list);
      for (var index = 0; index < containers.size(); index++) {
        var container = containers.get(index);
        if (!skipped.contains(container.path("name").asText())) {
          complete("/spec/%s/%d".formatted(list, index), container);
          isMounted = true;
        }
      }
    }
    if (isMounted && elements(spec.path("volumes")).noneMatch(this::isVolume)) {
      patch.append("/spec/volumes", spec.path("volumes"), list(tokenVolume()));
    }
  }

  private boolean isVolume(JsonNode found) {
    return found.path("name").asText().equals(volume);
  }

  private ObjectNode tokenVolume() {
    return TokenVolume.volume(volume, settings.audience(), settings.expirationSeconds());
  }

  private void complete(String pointer, JsonNode container) {
    var variables = container.path("env");
    var absent = JsonNodeFactory.instance.arrayNode();
    for (var variable : wanted()) {
      var index = index(variables, variable.path("name").asText());
      if (index < 0) {
        absent.add(variable);
      } else if (isOfTheOther(variables.get(index))) {
        patch.replace("%s/env/%d".formatted(pointer, index), variable);
      }
    }
    patch.append(pointer + "/env", variables, absent);
    var mounts = container.path("volumeMounts");
    if (elements(mounts).noneMatch(this::isMount)) {
      patch.append(pointer + "/volumeMounts", mounts, list(TokenVolume.mount(volume)));
    }
  }

  private boolean isMount(JsonNode mount) {
    return mount.path("name").asText().equals(volume)
        || mount.path("mountPath").asText().equals(TokenVolume.MOUNT_PATH);
  }

  /** Whether azure-workload-identity, which knows nothing of choices, has set this client id. */
  private boolean isOfTheOther(JsonNode variable) {
    var value = variable.path("value").asText("");
    return variable.path("name").asText().equals(CLIENT_ID)
        && !variable.has("valueFrom")
        && (value.isEmpty() || settings.replaced().contains(value));
  }

  private static int index(JsonNode variables, String name) {
    for (var index = 0; index < variables.size(); index++) {
      if (variables.get(index).path("name").asText().equals(name)) {
        return index;
      }
    }
    return -1;
  }

  private List<ObjectNode> wanted() {
    return List.of(
        reference(CLIENT_ID, settings.key()),
        settings
            .tenantId()
            .map(tenant -> variable(TENANT_ID, tenant))
            .orElseGet(() -> reference(TENANT_ID, settings.tenantKey())),
        variable("AZURE_FEDERATED_TOKEN_FILE", TokenVolume.TOKEN_FILE),
        variable("AZURE_AUTHORITY_HOST", settings.authorityHost()));
  }

  private ObjectNode reference(String name, String key) {
    var variable = JsonNodeFactory.instance.objectNode().put("name", name);
    variable
        .putObject("valueFrom")
        .putObject("configMapKeyRef")
        .put("name", settings.configMap())
        .put("key", key);
    return variable;
  }

  private static ObjectNode variable(String name, String value) {
    return JsonNodeFactory.instance.objectNode().put("name", name).put("value", value);
  }

  private static ArrayNode list(JsonNode element) {
    return JsonNodeFactory.instance.arrayNode().add(element);
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
