package dev.managedidentity.operator.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpMethod;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.azure.arm.ArmReply.Answered;
import dev.managedidentity.operator.azure.budget.Limit;
import dev.managedidentity.operator.azure.budget.Result;
import dev.managedidentity.operator.plan.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final IdentityId ORDERS = new IdentityId("s1", "platform", "orders");

  @Test
  void tooManyRequestsAreARefusal() {
    assertThat(result(429, Map.of("Retry-After", "17")))
        .isEqualTo(new Result.Refused(Duration.ofSeconds(17)));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 400, 403, 404, 409})
  void everythingElseThatAzureDecidedWasTaken(int status) {
    assertThat(result(status, Map.of())).isEqualTo(new Result.Taken(Integer.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void troubleOfAzureSaysNothing(int status) {
    assertThat(result(status, Map.of())).isEqualTo(new Result.Unknown());
  }

  @Test
  void silenceSaysNothing() {
    assertThat(RateLimits.result(new ArmReply.Silent(new IllegalStateException()), NOW))
        .isEqualTo(new Result.Unknown());
  }

  @Test
  void theLeastOfWhatRemainsCounts() {
    var headers =
        Map.of(
            "x-ms-ratelimit-remaining-subscription-writes", "7",
            "X-Ms-RateLimit-Remaining-Subscription-Global-Writes", "11999",
            "x-ms-ratelimit-remaining-resource", "Microsoft.Compute/HighCostGet3Min;133");

    assertThat(result(200, headers)).isEqualTo(new Result.Taken(7));
  }

  @ParameterizedTest
  @CsvSource({
    "/subscriptions/S1/resourceGroups/g/x?a=b, S1",
    "//Subscriptions/s1?api-version=1, s1",
    "/providers/Microsoft.Management/managementGroups/g/providers/x?a=/subscriptions/s1, ''",
  })
  void aRequestCountsForTheSubscriptionInItsPath(String target, String subscription) {
    assertThat(ArmRequest.follow(Call.FIND_ROLE, target).subscription()).isEqualTo(subscription);
  }

  @ParameterizedTest
  @EnumSource
  void everyCallCountsAgainstALimit(Call call) {
    assertThat(ArmRequest.get(call, "/subscriptions/s", "1").limit()).isNotNull();
  }

  @Test
  void theReadBeforeAChangeIsARead() {
    var read = ArmRequest.follow(Call.CHANGE_RESOURCE, "/subscriptions/s/operations/o");
    var change = new ArmRequest(Call.CHANGE_RESOURCE, HttpMethod.PATCH, "/x", null, null);

    assertThat(read.limit()).isEqualTo(Limit.READS);
    assertThat(change.limit()).isEqualTo(Limit.WRITES);
  }

  @Test
  void whileAzureWantsALongPauseNothingIsSent() {
    var http = new RecordedHttp().answering(429, Map.of("Retry-After", "60"), "{}");
    var gateway = http.gateway();
    gateway.deleteIdentity(ORDERS);

    var held = gateway.deleteCredential(ORDERS, "cluster");

    assertThat(http.requests()).hasSize(1);
    assertThat(held.receipt()).isEqualTo(Receipt.NONE);
    assertThat(held)
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed ->
                assertThat(failed.problem())
                    .isInstanceOfSatisfying(
                        Problem.Throttled.class,
                        throttled ->
                            assertThat(throttled.retryAfter())
                                .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(60))));
  }

  private static Result result(int status, Map<String, String> headers) {
    return RateLimits.result(new Answered(status, RecordedHttp.headers(headers), ""), NOW);
  }
}
