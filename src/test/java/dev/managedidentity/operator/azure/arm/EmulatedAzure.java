package dev.managedidentity.operator.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.emulator.control.EmulatorControl;
import dev.managedidentity.dev.emulator.journal.RequestEntry;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Cloud;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.azure.budget.Budgets;
import dev.managedidentity.operator.plan.Problem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One emulator for the tests of a class, as new for each of them, and gateways that reach it
 * through the real SDK and real TLS.
 */
final class EmulatedAzure implements BeforeEachCallback, AfterAllCallback {
  private final EmulatorOptions options = EmulatorOptions.defaults();
  private final AzureEmulator emulator = AzureEmulator.start(options);

  EmulatorControl control() {
    return emulator.control();
  }

  String subscription() {
    return "/subscriptions/" + emulator.subscriptionId();
  }

  IdentityId identity(String group, String name) {
    return new IdentityId(emulator.subscriptionId(), group, name);
  }

  String tenant() {
    return emulator.tenantId();
  }

  String operatorObjectId() {
    return options.seed().operator().objectId();
  }

  Cloud cloud() {
    return Cloud.custom(
        emulator.authorityHost(),
        emulator.armEndpoint(),
        "https://management.azure.com",
        emulator.caFile());
  }

  /** Who the operator is. */
  Map<String, String> environment() {
    return Map.of(
        "AZURE_TENANT_ID", emulator.tenantId(),
        "AZURE_CLIENT_ID", emulator.clientId(),
        "AZURE_CLIENT_SECRET", emulator.clientSecret());
  }

  ArmGateway gateway() {
    return gateway(Duration.ofSeconds(30));
  }

  ArmGateway gateway(Duration timeout) {
    return AzureClients.connect(
        cloud(),
        timeout,
        InstantSource.system(),
        new AzureClients.Caller(environment(), List.of()),
        new AzureClients.Restraints(new Budgets(System::nanoTime, Budgets.Meter.NONE), () -> {}));
  }

  /** Requests that were not for tokens. */
  List<RequestEntry> armRequests() {
    return control().requests().stream()
        .filter(entry -> entry.path().startsWith("/subscriptions"))
        .toList();
  }

  /** Checks that the answer is that to the only request since the last reset of the log. */
  <T extends @Nullable Object> Answer<T> only(String operation, Answer<T> answer) {
    assertThat(armRequests())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.operation()).isEqualTo(operation);
              assertThat(entry.clientRequestId()).isNotEmpty();
              assertThat(answer.receipt()).isEqualTo(new Receipt(entry.correlationId()));
            });
    control().resetRequests();
    return answer;
  }

  static <T extends @Nullable Object> T value(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Done.class);
    return ((Answer.Done<T>) answer).value();
  }

  static Problem problem(Answer<?> answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<?>) answer).problem();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    control().reset();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    emulator.close();
  }
}
