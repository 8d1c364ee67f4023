package dev.managedidentity.operator.kube;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.managedidentity.operator.certificate.BundlePublisher;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the authorities to trust into the webhook configurations of one name, into every webhook
 * there and nothing else; creates none. For use by one thread.
 */
public final class WebhookBundles implements BundlePublisher {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookBundles.class);

  private final KubernetesClient client;
  private final String name;
  private final Set<String> missing = new HashSet<>();

  /** The MutatingWebhookConfiguration and the ValidatingWebhookConfiguration of this name. */
  public WebhookBundles(KubernetesClient client, String name) {
    this.client = client;
    this.name = name;
  }

  private record Hook(String name, @Nullable WebhookClientConfig client) {
    boolean trusts(String encoded) {
      return client != null && encoded.equals(client.getCaBundle());
    }
  }

  @Override
  public boolean publish(String bundle) {
    var encoded = Base64.getEncoder().encodeToString(bundle.getBytes(StandardCharsets.UTF_8));
    var configurations = client.admissionRegistration().v1();
    var hasMutatingChanged =
        publish(
            configurations.mutatingWebhookConfigurations().withName(name),
            "MutatingWebhookConfiguration",
            WebhookBundles::hooks,
            encoded);
    var hasValidatingChanged =
        publish(
            configurations.validatingWebhookConfigurations().withName(name),
            "ValidatingWebhookConfiguration",
            WebhookBundles::hooks,
            encoded);
    return hasMutatingChanged || hasValidatingChanged;
  }

  private <T extends HasMetadata> boolean publish(
      Resource<T> configuration, String kind, Function<T, List<Hook>> hooks, String encoded) {
    var found = Optional.ofNullable(configuration.get());
    tell(kind, found.isPresent());
    var all = found.map(hooks).orElse(List.of());
    if (all.stream().allMatch(hook -> hook.trusts(encoded))) {
      return false;
    }
    found.ifPresent(
        one -> client.resource(one).patch(PatchContext.of(PatchType.JSON), patch(all, encoded)));
    LOG.info("{} {} trusts the webhook's certificates", kind, name);
    return true;
  }

  /** A webhook is told by its index: nothing is changed when it is another by now. */
  private static String patch(List<Hook> hooks, String encoded) {
    var operations = JsonNodeFactory.instance.arrayNode();
    IntStream.range(0, hooks.size())
        .filter(index -> !hooks.get(index).trusts(encoded))
        .forEach(
            index -> {
              var path = "/webhooks/" + index;
              operations
                  .addObject()
                  .put("op", "test")
                  .put("path", path + "/name")
                  .put("value", hooks.get(index).name());
              operations
                  .addObject()
                  .put("op", "add")
                  .put("path", path + "/clientConfig/caBundle")
                  .put("value", encoded);
            });
    return operations.toString();
  }

  private static List<Hook> hooks(MutatingWebhookConfiguration configuration) {
    return configuration.getWebhooks().stream()
        .map(hook -> new Hook(hook.getName(), hook.getClientConfig()))
        .toList();
  }

  private static List<Hook> hooks(ValidatingWebhookConfiguration configuration) {
    return configuration.getWebhooks().stream()
        .map(hook -> new Hook(hook.getName(), hook.getClientConfig()))
        .toList();
  }

  /** Once, until it changes. */
  private void tell(String kind, boolean isThere) {
    if (isThere) {
      missing.remove(kind);
    } else if (missing.add(kind)) {
      LOG.warn("There is no {} {}: API servers do not ask the webhook", kind, name);
    }
  }
}
