package dev.managedidentity.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.azure.AccessToken;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Assertion;
import dev.managedidentity.operator.azure.Login;
import dev.managedidentity.operator.azure.Permission;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.azure.WorkloadGateway;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MeteredWorkloadsTest {
  private static final Answer<AccessToken> PENDING =
      new Answer.Failed<>(
          new Problem.Waiting(Reason.TOKEN_EXCHANGE_PENDING, "Not yet."), Receipt.NONE);
  private static final Answer<List<Permission>> NOTHING =
      new Answer.Done<>(List.of(), Receipt.NONE);

  private final Telemetry telemetry = new Telemetry("test");

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void passesOnEachCallAndCountsIt() {
    var workloads = new MeteredWorkloads(new Fixed(), telemetry);

    assertThat(workloads.exchange(new Login("t", "c"), new Assertion("a.b.c", "i")))
        .isSameAs(PENDING);
    assertThat(workloads.listPermissions(new AccessToken("t"), "/subscriptions/s"))
        .isSameAs(NOTHING);

    assertThat(telemetry.scrape())
        .contains(
            "managed_identity_token_exchanges_total{result=\"TokenExchangePending\"} 1",
            "managed_identity_azure_call_duration_seconds_count{operation=\"listPermissions\",result=\"Succeeded\"}"
                + " 1");
    assertThat(Metric.AZURE_CALL_DURATION.labels().getFirst().meaning())
        .contains("`listPermissions`");
  }

  private record Fixed() implements WorkloadGateway {
    @Override
    public Answer<AccessToken> exchange(Login login, Assertion assertion) {
      return PENDING;
    }

    @Override
    public Answer<List<Permission>> listPermissions(AccessToken token, String scope) {
      return NOTHING;
    }
  }
}
