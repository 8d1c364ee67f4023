package dev.managedidentity.operator.delivery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.emulator.control.Seed;
import dev.managedidentity.dev.emulator.control.Seed.Grant;
import dev.managedidentity.dev.emulator.control.Seed.Group;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.dev.issuer.IssuerHost;
import dev.managedidentity.dev.process.FreePorts;
import dev.managedidentity.dev.rig.OperatorProcess;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.delivery.Example.Promise;
import dev.managedidentity.operator.kube.IssuerDocuments;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a user copies must work: every file of examples/ leads to what its comments say, with the
 * operator that the chart makes of examples/guardrails/values.yaml.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ExamplesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";
  private static final Scope DATA = Scope.group(SUBSCRIPTION, "shop-data");

  /** Whoever issues tokens to pipelines publishes keys, which this machine cannot ask for. */
  private static final Map<String, String> OUTSIDERS =
      Map.of(
          "https://token.actions.githubusercontent.com", "github", "https://gitlab.com", "gitlab");

  private final IssuerHost outside = IssuerHost.start();

  @SuppressWarnings("NullAway.Init") // before all
  private ControlPlane controlPlane;

  @SuppressWarnings("NullAway.Init") // before all
  private Rig rig;

  @SuppressWarnings("NullAway.Init") // before all
  private OperatorProcess operator;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    controlPlane = ControlPlane.start(ControlPlaneOptions.standard());
    rig = Rig.on(controlPlane, AzureEmulator.start(EmulatorOptions.defaults().withSeed(seed())));
    outside.publish(new IssuerDocuments(controlPlane.admin()).keys().orElseThrow());
    makeWhatExamplesExpect();
    var port = FreePorts.choose();
    operator = OperatorProcess.configured(rig, folder, configuration(folder, port), port);
    operator.awaitReady();
    apply(new Example(Example.FOLDER.resolve("guardrails/namespaces.yaml")));
    apply(new Example(Example.FOLDER.resolve("quickstart/2-service-account.yaml")));
    apply(new Example(Example.FOLDER.resolve("quickstart/3-identity.yaml")));
  }

  @AfterAll
  void stop() {
    operator.close();
    rig.close();
    controlPlane.close();
    outside.close();
  }

  static List<Example> examples() {
    return Example.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void keepsItsPromises(Example example) {
    apply(example);

    assertThat(example.promises().isEmpty()).isNotEqualTo(example.isOurs());
    for (var promise : example.promises()) {
      await(promise.toString())
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(ready(promise)).contains(promise.reason()));
    }
  }

  private void apply(Example example) {
    var text = here(example.text());
    controlPlane
        .admin()
        .load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(this::apply);
  }

  private void apply(HasMetadata item) {
    controlPlane
        .admin()
        .resource(item)
        .fieldValidation(FieldValidateable.Validation.STRICT)
        .serverSideApply();
  }

  /** Reason and message of its condition, once that is about what was applied. */
  private String ready(Promise promise) {
    var admin = controlPlane.admin();
    var found =
        promise.kind().equals("ManagedIdentity")
            ? find(admin, ManagedIdentity.class, promise)
                .filter(one -> one.getStatus() != null)
                .map(one -> requireNonNull(one.getStatus()).conditions())
            : find(admin, IdentityBinding.class, promise)
                .filter(one -> one.getStatus() != null)
                .map(one -> requireNonNull(one.getStatus()).conditions());
    return found.orElse(List.of()).stream()
        .filter(condition -> condition.type().equals("Ready"))
        .map(Condition::toString)
        .findFirst()
        .orElse("nothing");
  }

  private static <T extends HasMetadata> Optional<T> find(
      KubernetesClient admin, Class<T> kind, Promise promise) {
    return Optional.ofNullable(
        admin.resources(kind).inNamespace(promise.namespace()).withName(promise.name()).get());
  }

  private static Seed seed() {
    var fresh = Seed.withFreshIds();
    var everywhere = new Grant("Managed Identity Contributor", Optional.empty());
    return fresh
        .withSubscriptionId(SUBSCRIPTION)
        .withGroups(
            List.of(
                new Group("platform", "westeurope"),
                new Group("shop-data", "westeurope"),
                new Group("billing-data", "westeurope")))
        .withOperatorGrants(
            Stream.concat(fresh.operatorGrants().stream(), Stream.of(everywhere)).toList());
  }

  private void makeWhatExamplesExpect() {
    var others = rig.azure().control().outOfBand();
    others.addIdentity(DATA, "shop-legacy", "westeurope", Map.of());
    for (var resource :
        List.of(
            "Microsoft.Storage/storageAccounts/shopdata",
            "Microsoft.Web/sites/storefront",
            "Microsoft.Web/sites/thumbnails",
            "Microsoft.Compute/virtualMachines/render")) {
      others.resources().add(new Scope(DATA.path() + "/providers/" + resource), "westeurope");
    }
  }

  private String configuration(Path folder, int port) throws IOException {
    var azure = rig.azure();
    var authorities = Files.writeString(folder.resolve("ca.pem"), azure.caPem() + outside.caPem());
    var example = new Example(Example.FOLDER.resolve("guardrails/values.yaml"));
    var values = Files.writeString(folder.resolve("values.yaml"), here(example.text()));
    var surroundings = Chart.valuesFor(azure, authorities.toString(), port);
    return Chart.offline().objects(surroundings, "-f", values.toString()).stream()
        .filter(object -> object.getKind().equals("ConfigMap"))
        .map(object -> Serialization.asJson(object.get("data", "operator.yaml")))
        .map(json -> Serialization.unmarshal(json, String.class))
        .findFirst()
        .orElseThrow();
  }

  private String here(String yaml) {
    var text = yaml;
    for (var outsider : OUTSIDERS.entrySet()) {
      text = text.replace(outsider.getKey(), outside.issuer(outsider.getValue()));
    }
    return text;
  }
}
