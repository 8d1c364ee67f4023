package dev.managedidentity.operator.runtime;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityChange;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Progress;
import dev.managedidentity.operator.azure.RoleAssignment;
import java.time.Duration;
import java.util.List;
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

  @Override
  public Answer<Optional<AzureResource>> findResource(String id) {
    return measured("findResource", () -> azure.findResource(id));
  }

  @Override
  public Answer<Progress> changeResource(String id, IdentityChange change) {
    return measured("changeResource", () -> azure.changeResource(id, change));
  }

  @Override
  public Answer<Progress> followOperation(String operation, String resourceId) {
    return measured("followOperation", () -> azure.followOperation(operation, resourceId));
  }

  @Override
  public Answer<List<AzureIdentity>> listIdentities(String scope) {
    return measured("listIdentities", () -> azure.listIdentities(scope));
  }

  @Override
  public Answer<List<FederatedCredential>> listCredentials(IdentityId identity) {
    return measured("listCredentials", () -> azure.listCredentials(identity));
  }

  @Override
  public Answer<List<RoleAssignment>> listRoleAssignments(String scope) {
    return measured("listRoleAssignments", () -> azure.listRoleAssignments(scope));
  }

  @Override
  public Answer<List<AzureResource>> listResources(String scope, String type) {
    return measured("listResources", () -> azure.listResources(scope, type));
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
