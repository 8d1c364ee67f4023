package dev.managedidentity.operator.kube;

import static dev.managedidentity.operator.kube.ScriptedApiServer.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookBundlesTest {
  private static final String BASE = "/apis/admissionregistration.k8s.io/v1/";
  private static final String MUTATING = BASE + "mutatingwebhookconfigurations/webhook";
  private static final String VALIDATING = BASE + "validatingwebhookconfigurations/webhook";
  private static final String FORMER = "YQ=="; // a
  private static final String NEW = "Yg=="; // b

  private final ScriptedApiServer api = new ScriptedApiServer();
  private final WebhookBundles bundles = new WebhookBundles(api.client(), "webhook");

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void writesTheBundleIntoEveryWebhookThatDoesNotTrustItYet() {
    api.onGet(MUTATING, 200, mutating(NEW, FORMER))
        .onPatch(MUTATING, 200, mutating(NEW, NEW))
        .onGet(VALIDATING, 200, validating(null))
        .onPatch(VALIDATING, 200, validating(NEW));

    assertThat(bundles.publish("b")).isTrue();

    var patches =
        api.requests().stream().filter(request -> "PATCH".equals(request.getMethod())).toList();
    assertThat(patches).hasSize(2);
    assertThat(patches.getFirst().getHeader("Content-Type"))
        .isEqualTo("application/json-patch+json");
    assertThat(body(patches.getFirst()).toString())
        .isEqualTo(
            """
            [{"op":"test","path":"/webhooks/1/name","value":"second.example"},\
            {"op":"add","path":"/webhooks/1/clientConfig/caBundle","value":"Yg=="}]\
            """);
    assertThat(body(patches.getLast()).at("/1/path").textValue())
        .isEqualTo("/webhooks/0/clientConfig/caBundle");
  }

  @Test
  void writesNothingWhereItIsTrusted() {
    api.onGet(MUTATING, 200, mutating(NEW, NEW)).onGet(VALIDATING, 200, validating(NEW));

    assertThat(bundles.publish("b")).isFalse();

    assertThat(api.calls()).containsExactly("GET " + MUTATING, "GET " + VALIDATING);
  }

  @Test
  void createsNoConfiguration() {
    assertThat(bundles.publish("b")).isFalse();

    assertThat(api.calls()).containsExactly("GET " + MUTATING, "GET " + VALIDATING);
  }

  private static MutatingWebhookConfiguration mutating(String first, String second) {
    return new MutatingWebhookConfigurationBuilder()
        .withNewMetadata()
        .withName("webhook")
        .endMetadata()
        .addNewWebhook()
        .withName("first.example")
        .withNewClientConfig()
        .withCaBundle(first)
        .endClientConfig()
        .endWebhook()
        .addNewWebhook()
        .withName("second.example")
        .withNewClientConfig()
        .withCaBundle(second)
        .endClientConfig()
        .endWebhook()
        .build();
  }

  private static ValidatingWebhookConfiguration validating(@Nullable String bundle) {
    return new ValidatingWebhookConfigurationBuilder()
        .withNewMetadata()
        .withName("webhook")
        .endMetadata()
        .addNewWebhook()
        .withName("first.example")
        .withNewClientConfig()
        .withCaBundle(bundle)
        .endClientConfig()
        .endWebhook()
        .build();
  }
}
