package dev.managedidentity.operator.runtime;

import dev.managedidentity.operator.azure.AccessToken;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Assertion;
import dev.managedidentity.operator.azure.Login;
import dev.managedidentity.operator.azure.Permission;
import dev.managedidentity.operator.azure.WorkloadGateway;
import java.time.Duration;
import java.util.List;

/** Counts every exchange of a token, times what workloads ask of Azure, and changes nothing. */
public final class MeteredWorkloads implements WorkloadGateway {
  private final WorkloadGateway workloads;
  private final Telemetry telemetry;

  /** Measures what goes to {@code workloads}. */
  public MeteredWorkloads(WorkloadGateway workloads, Telemetry telemetry) {
    this.workloads = workloads;
    this.telemetry = telemetry;
  }

  @Override
  public Answer<AccessToken> exchange(Login login, Assertion assertion) {
    var answer = workloads.exchange(login, assertion);
    telemetry.exchanged(MeteredGateway.result(answer));
    return answer;
  }

  @Override
  public Answer<List<Permission>> listPermissions(AccessToken token, String scope) {
    var start = System.nanoTime();
    var answer = workloads.listPermissions(token, scope);
    telemetry.azureCalled(
        "listPermissions",
        MeteredGateway.result(answer),
        Duration.ofNanos(System.nanoTime() - start));
    return answer;
  }
}
