package dev.managedidentity.operator.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What azure-workload-identity 1.6.0 does to a labelled pod, as was observed on a cluster.
 *
 * @param clientId in the annotations of the service account; empty when there is none
 */
record OtherWebhook(String clientId, String tenantId, int expirationSeconds) {
  JsonNode mutate(JsonNode pod) {
    var after = pod.deepCopy();
    var volume = TokenVolume.name(pod);
    for (var list : new String[] {"initContainers", "containers"}) {
      after.path("spec").path(list).forEach(one -> mutate((ObjectNode) one, volume));
    }
    var volumes = ((ObjectNode) after.path("spec")).withArrayProperty("volumes");
    if (none(volumes, volume)) {
      volumes.add(TokenVolume.volume(volume, "api://AzureADTokenExchange", expirationSeconds));
    }
    return after;
  }

  private void mutate(ObjectNode container, String volume) {
    var variables = container.withArrayProperty("env");
    wanted()
        .forEach(
            (name, value) -> {
              if (none(variables, name)) {
                variables.addObject().put("name", name).put("value", value);
              }
            });
    var mounts = container.withArrayProperty("volumeMounts");
    if (none(mounts, volume)) {
      mounts.add(TokenVolume.mount(volume));
    }
  }

  private Map<String, String> wanted() {
    var wanted = new LinkedHashMap<String, String>();
    wanted.put("AZURE_CLIENT_ID", clientId);
    wanted.put("AZURE_TENANT_ID", tenantId);
    wanted.put("AZURE_FEDERATED_TOKEN_FILE", TokenVolume.TOKEN_FILE);
    wanted.put("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.com/");
    return wanted;
  }

  private static boolean none(ArrayNode list, String name) {
    return StreamSupport.stream(list.spliterator(), false)
        .noneMatch(one -> one.path("name").asText().equals(name));
  }
}
