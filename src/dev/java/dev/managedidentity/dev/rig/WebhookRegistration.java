package dev.managedidentity.dev.rig;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Has the API server ask the operator as it ships, but under an address of this machine: there is
 * no network of a cluster in which a Service could be reached.
 */
public final class WebhookRegistration {
  /** Under which the operator is reached. */
  public static final String HOST = "localhost";

  private WebhookRegistration() {}

  /** Registers the webhook that is, or will be, served on this port. */
  public static void apply(KubernetesClient client, int port) {
    Shipped.webhook(client)
        .forEach(item -> client.resource(reachable(item, port)).serverSideApply());
  }

  /** What an operator is configured with that serves it. */
  public static String configuration(int port) {
    return "webhook: {enabled: true, address: 127.0.0.1, host: %s, port: %d}".formatted(HOST, port);
  }

  private static HasMetadata reachable(HasMetadata item, int port) {
    switch (item) {
      case MutatingWebhookConfiguration mutating ->
          mutating.getWebhooks().forEach(hook -> readdress(hook.getClientConfig(), port));
      case ValidatingWebhookConfiguration validating ->
          validating.getWebhooks().forEach(hook -> readdress(hook.getClientConfig(), port));
      default -> {}
    }
    return item;
  }

  private static void readdress(WebhookClientConfig client, int port) {
    client.setUrl("https://%s:%d%s".formatted(HOST, port, client.getService().getPath()));
    client.setService(null);
  }
}
