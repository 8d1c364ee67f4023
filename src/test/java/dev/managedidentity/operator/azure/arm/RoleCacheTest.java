package dev.managedidentity.operator.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.plan.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RoleCacheTest {
  private static final String SCOPE = "/subscriptions/s-1/resourceGroups/a";
  private static final Answer<String> FOUND = new Answer.Done<>("/r/1", new Receipt("c-1"));
  private static final Answer<String> KEPT = new Answer.Done<>("/r/1", Receipt.NONE);
  private static final Answer<String> FAILED =
      new Answer.Failed<>(new Problem.Unreachable("down"), Receipt.NONE);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));
  private final AtomicInteger lookUps = new AtomicInteger();
  private final RoleCache roles = new RoleCache(now::get);

  @Test
  void aRoleIsLookedUpOncePerSubscription() {
    assertThat(roles.find(SCOPE, "Reader", answering(FOUND))).isEqualTo(FOUND);
    assertThat(roles.find(SCOPE, "Reader", answering(FOUND))).isEqualTo(KEPT);
    assertThat(roles.find("/Subscriptions/S-1/x/y", "READER", answering(FOUND))).isEqualTo(KEPT);
    assertThat(lookUps).hasValue(1);
  }

  @Test
  void otherRolesSubscriptionsAndManagementGroupsAreLookedUpOnTheirOwn() {
    var group = "/providers/Microsoft.Management/managementGroups/g";
    roles.find(SCOPE, "Reader", answering(FOUND));
    roles.find(SCOPE, "Owner", answering(FOUND));
    roles.find("/subscriptions/s-2", "Reader", answering(FOUND));
    roles.find(group, "Reader", answering(FOUND));
    roles.find(group + "/providers/x", "Reader", answering(FOUND));
    roles.find("/", "Reader", answering(FOUND));

    assertThat(lookUps).hasValue(5);
  }

  @Test
  void afterAnHourARoleIsLookedUpAgain() {
    roles.find(SCOPE, "Reader", answering(FOUND));
    pass(Duration.ofMinutes(59));
    roles.find(SCOPE, "Reader", answering(FOUND));
    assertThat(lookUps).hasValue(1);

    pass(Duration.ofMinutes(1));
    roles.find(SCOPE, "Reader", answering(FOUND));
    assertThat(lookUps).hasValue(2);
  }

  @Test
  void aFailureIsForgotten() {
    assertThat(roles.find(SCOPE, "Reader", answering(FAILED))).isEqualTo(FAILED);
    assertThat(roles.find(SCOPE, "Reader", answering(FOUND))).isEqualTo(FOUND);
  }

  @Test
  void aBrokenLookUpIsForgottenToo() {
    Supplier<Answer<String>> broken =
        () -> {
          throw new IllegalStateException("broken");
        };
    assertThatThrownBy(() -> roles.find(SCOPE, "Reader", broken)).hasMessage("broken");
    assertThat(roles.find(SCOPE, "Reader", answering(FOUND))).isEqualTo(FOUND);
  }

  @Test
  void aThousandCallersShareOneLookUp() throws Exception {
    var arrived = new CountDownLatch(1_000);
    Supplier<Answer<String>> slow =
        () -> {
          await().until(() -> arrived.getCount() == 0);
          return answering(FOUND).get();
        };
    var answers = new ArrayList<Future<Answer<String>>>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 1_000; i++) {
        answers.add(
            callers.submit(
                () -> {
                  arrived.countDown();
                  return roles.find(SCOPE, "Reader", slow);
                }));
      }
    }

    for (var answer : answers) {
      assertThat(answer.get()).isInstanceOf(Answer.Done.class);
    }
    assertThat(lookUps).hasValue(1);
  }

  @Test
  void whoIsInterruptedWhileWaitingIsToldSo() throws Exception {
    var isLooking = new CountDownLatch(1);
    var isAllowed = new CountDownLatch(1);
    var leader =
        Thread.startVirtualThread(
            () ->
                roles.find(
                    SCOPE,
                    "Reader",
                    () -> {
                      isLooking.countDown();
                      await().until(() -> isAllowed.getCount() == 0);
                      return FOUND;
                    }));
    isLooking.await();
    var answer = new CompletableFuture<Answer<String>>();
    var follower =
        Thread.startVirtualThread(
            () -> answer.complete(roles.find(SCOPE, "Reader", answering(FOUND))));

    follower.interrupt();

    assertThat(answer.get())
        .isEqualTo(
            new Answer.Failed<>(
                new Problem.Unreachable("The operator stopped while it looked up a role."),
                Receipt.NONE));
    isAllowed.countDown();
    leader.join();
  }

  private Supplier<Answer<String>> answering(Answer<String> answer) {
    return () -> {
      lookUps.incrementAndGet();
      return answer;
    };
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }
}
