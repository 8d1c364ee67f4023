package dev.managedidentity.operator.runtime;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.RoleAssignment;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts and times every call to Azure, and changes nothing. */
public final class MeteredGateway implements AzureGateway {
  private final AzureGateway azure;
  private final Telemetry telemetry;

  /** Measures the calls that go to {@code azure}. */
  public MeteredGateway(AzureGateway azure, Telemetry telemetry) {
    this.azure = azure;
    this.telemetry = telemetry;
  }

  @Override
  public Answer<Optional<AzureIdentity>> findIdentity(IdentityId id) {
    return measured("findIdentity", () -> azure.findIdentity(id));
  }

  @Override
  public Answer<AzureIdentity> writeIdentity(IdentityDefinition definition) {
    return measured("writeIdentity", () -> azure.writeIdentity(definition));
  }

  @Override
  public Answer<@Nullable Void> deleteIdentity(IdentityId id) {
    return measured("deleteIdentity", () -> azure.deleteIdentity(id));
  }

  @Override
  public Answer<@Nullable Void> writeCredential(FederatedCredential credential) {
    return measured("writeCredential", () -> azure.writeCredential(credential));
  }

  @Override
  public Answer<@Nullable Void> deleteCredential(IdentityId identity, String name) {
    return measured("deleteCredential", () -> azure.deleteCredential(identity, name));
  }

  @Override
  public Answer<String> findRole(String scope, String roleName) {
    return measured("findRole", () -> azure.findRole(scope, roleName));
  }

  @Override
  public Answer<Grant> writeRoleAssignment(RoleAssignment assignment) {
    return measured("writeRoleAssignment", () -> azure.writeRoleAssignment(assignment));
  }

  @Override
  public Answer<@Nullable Void> deleteRoleAssignment(String id) {
    return measured("deleteRoleAssignment", () -> azure.deleteRoleAssignment(id));
  }

  private <T extends @Nullable Object> Answer<T> measured(
      String operation, Supplier<Answer<T>> call) {
    var start = System.nanoTime();
    var answer = call.get();
    telemetry.azureCalled(operation, result(answer), Duration.ofNanos(System.nanoTime() - start));
    return answer;
  }

  private static String result(Answer<?> answer) {
    return switch (answer) {
      case Answer.Done<?> _ -> "Succeeded";
      case Answer.Failed<?> failed -> failed.problem().reason().word();
    };
  }
}
