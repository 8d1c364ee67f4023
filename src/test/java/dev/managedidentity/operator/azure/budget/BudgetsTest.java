package dev.managedidentity.operator.azure.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.managedidentity.operator.plan.Urgency;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BudgetsTest {
  private static final String SHOP = "11111111-1111-1111-1111-111111111111";
  private static final String BANK = "22222222-2222-2222-2222-222222222222";

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong time = new AtomicLong();
  private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
  private final Budgets budgets = new Budgets(time::get, new Told());

  @AfterEach
  void stop() {
    callers.shutdownNow();
    callers.close();
  }

  @Test
  void manyCallsAreUnderWayAtOnceWhereNothingIsLimited() {
    var underWay = new AtomicInteger();
    var end = new CountDownLatch(1);
    grow(Pace.MOST);
    for (var i = 0; i < 1_000; i++) {
      var object = "o" + i;
      callers.execute(
          () -> {
            var pass = enter(SHOP, object);
            underWay.incrementAndGet();
            awaitOpen(end);
            pass.end(new Result.Taken(1_000));
          });
    }

    await().until(() -> underWay.get() == Pace.MOST);
    end.countDown();
    await().until(() -> underWay.get() == 1_000);
  }

  @Test
  void editsLeaveBeforeUpkeep() {
    var left = new ConcurrentLinkedQueue<String>();
    grow(4);
    var filling = fill(4);
    queue(left, Urgency.UPKEEP, "repair", 1);
    queue(left, Urgency.UPKEEP, "proof", 2);
    queue(left, Urgency.EDIT, "edit", 3);
    queue(left, Urgency.EDIT, "delete", 4);

    for (var i = 0; i < filling.size(); i++) {
      var expected = i + 1;
      filling.get(i).end(new Result.Unknown());
      await().until(() -> left.size() == expected);
    }

    assertThat(left).containsExactly("edit", "delete", "repair", "proof");
  }

  @Test
  void aRefusalHoldsBackAllCallsOfItsBudgetAndNoOther() throws InterruptedException {
    enter(SHOP, "orders").end(new Result.Refused(Duration.ofSeconds(5)));
    var left = new ConcurrentLinkedQueue<String>();
    queue(left, Urgency.EDIT, "payments", 1);

    enter(BANK, "ledger").end(new Result.Taken(1_000));
    enter(SHOP, Limit.IDENTITY_DELETES, "orders").end(new Result.Taken(1_000));
    enter("", "group").end(new Result.Taken(1_000));

    assertThat(left).isEmpty();
    comeAndGo(() -> time.addAndGet(Duration.ofSeconds(5).toNanos()));
    await().until(() -> left.size() == 1);
  }

  @Test
  void theSubscriptionIsTheSameInAnyCase() {
    var lower = "abcdef00-1111-1111-1111-111111111111";
    enter(lower, "orders").end(new Result.Refused(Duration.ofHours(1)));

    assertThat(admission("ABCDEF00-1111-1111-1111-111111111111"))
        .isInstanceOf(Admission.Paused.class);
  }

  @Test
  void nobodyWaitsHereForALongPause() {
    var waiting = new ConcurrentLinkedQueue<Admission>();
    var filling = fill(1);
    callers.execute(() -> waiting.add(admission(SHOP)));
    await().until(() -> budgets.waiting(SHOP, Limit.IDENTITY_WRITES) == 1);

    filling.getFirst().end(new Result.Refused(Duration.ofMinutes(3)));

    await().until(() -> waiting.size() == 1);
    assertThat(waiting).containsExactly(new Admission.Paused(Duration.ofMinutes(3)));
    assertThat(admission(SHOP)).isEqualTo(new Admission.Paused(Duration.ofMinutes(3)));
  }

  @Test
  void callsThatHangHoldTheirOwnPlacesOnly() {
    grow(16);
    for (var i = 0; i < 8; i++) {
      enter(SHOP, "hanging" + i);
    }

    IntStream.range(0, 100).forEach(i -> enter(SHOP, "fine" + i).end(new Result.Taken(1_000)));
  }

  @Test
  void whoIsInterruptedWhileWaitingLeavesTheLine() throws InterruptedException {
    fill(1);

    comeAndGo(() -> {});

    assertThat(budgets.waiting(SHOP, Limit.IDENTITY_WRITES)).isZero();
  }

  @Test
  void theRateIsShownOnceAzureHasRefused() {
    enter(SHOP, "orders").end(new Result.Taken(1_000));
    assertThat(told).containsOnly("waited IDENTITY_WRITES");

    enter(SHOP, "payments").end(new Result.Refused(Duration.ofSeconds(1)));

    assertThat(told).contains("limited " + SHOP + " IDENTITY_WRITES");
  }

  /** Lets so many calls leave: as many as may. */
  private List<Pass> fill(int places) {
    return IntStream.range(0, places).mapToObj(i -> enter(SHOP, "filling" + i)).toList();
  }

  /** Has calls taken until so many may be under way at once. */
  private void grow(int places) {
    var passes = new ArrayDeque<>(fill(1));
    while (passes.size() < places) {
      passes.remove().end(new Result.Taken(1_000));
      passes.add(enter(SHOP, "one more"));
      passes.add(enter(SHOP, "and another"));
    }
    passes.forEach(pass -> pass.end(new Result.Unknown()));
  }

  private void queue(ConcurrentLinkedQueue<String> left, Urgency urgency, String name, int place) {
    callers.execute(
        () ->
            urgency.call(
                () -> {
                  enter(SHOP, name);
                  return left.add(name);
                }));
    await().until(() -> budgets.waiting(SHOP, Limit.IDENTITY_WRITES) == place);
  }

  /** Waits in line and gives up: the others look at the clock again. */
  private void comeAndGo(Runnable meanwhile) throws InterruptedException {
    var before = budgets.waiting(SHOP, Limit.IDENTITY_WRITES);
    var caller = Thread.startVirtualThread(() -> Urgency.UPKEEP.call(() -> admission(SHOP)));
    await().until(() -> budgets.waiting(SHOP, Limit.IDENTITY_WRITES) > before);
    meanwhile.run();
    caller.interrupt();
    caller.join();
  }

  private Pass enter(String subscription, String object) {
    return enter(subscription, Limit.IDENTITY_WRITES, object);
  }

  private Pass enter(String subscription, Limit limit, String object) {
    try {
      return ((Admission.Admitted) budgets.enter(subscription, limit, object)).pass();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Admission admission(String subscription) {
    try {
      return budgets.enter(subscription, Limit.IDENTITY_WRITES, "orders");
    } catch (InterruptedException _) {
      return new Admission.Paused(Duration.ZERO);
    }
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Told implements Budgets.Meter {
    @Override
    public void waited(Limit limit, Duration time) {
      told.add("waited " + limit);
    }

    @Override
    public void watchRate(String subscription, Limit limit, DoubleSupplier rate) {
      told.add("limited " + subscription + " " + limit);
    }
  }
}
