package dev.managedidentity.operator.plan;

import dev.managedidentity.operator.api.OperationStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One write that was tried: what, on what, when, how it can be found in Azure's Activity log, and
 * what came of it.
 *
 * @param verb what was tried, such as {@code WriteIdentity}
 * @param target resource id of the Azure object, or the name of the Kubernetes object
 * @param correlationId of the call; null when nothing answered or it was no call to Azure
 * @param problem why it failed; null when it succeeded
 * @param consequence what people should know of its success; empty when it goes without saying
 */
public record Operation(
    String verb,
    String target,
    Instant time,
    @Nullable String correlationId,
    @Nullable Problem problem,
    String consequence) {

  /** One whose success speaks for itself. */
  public Operation(
      String verb,
      String target,
      Instant time,
      @Nullable String correlationId,
      @Nullable Problem problem) {
    this(verb, target, time, correlationId, problem, "");
  }

  /** The same, of which people should know this when it succeeds. */
  public Operation leadingTo(String words) {
    return new Operation(verb, target, time, correlationId, problem, words);
  }

  /** Whether it was a call to Azure: only resource ids begin with a slash. */
  public boolean isAzure() {
    return target.startsWith("/");
  }

  /** Whether Azure took it on and is still at work. */
  public boolean isUnderWay() {
    return problem != null && problem.reason() == Reason.OPERATION_IN_PROGRESS;
  }

  /** {@code Succeeded}, or the reason of the failure. */
  public String result() {
    return problem == null ? "Succeeded" : problem.reason().word();
  }

  /** The operation as a status shows it. */
  public OperationStatus asStatus() {
    return new OperationStatus(
        verb, target, time.truncatedTo(ChronoUnit.SECONDS).toString(), correlationId, result());
  }
}
