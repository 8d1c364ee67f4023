package dev.managedidentity.operator.runtime;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.ForwardingGateway;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts and times every call to Azure, and changes nothing. */
public final class MeteredGateway extends ForwardingGateway {
  private final Telemetry telemetry;

  /** Measures the calls that go to {@code azure}. */
  public MeteredGateway(AzureGateway azure, Telemetry telemetry) {
    super(azure);
    this.telemetry = telemetry;
  }

  @Override
  protected <T extends @Nullable Object> Answer<T> forward(
      String operation, Supplier<Answer<T>> call) {
    var start = System.nanoTime();
    var answer = super.forward(operation, call);
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
