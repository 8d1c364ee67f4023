package dev.managedidentity.operator.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.managedidentity.operator.issuer.Web.Fetched;
import dev.managedidentity.operator.plan.Reason;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IssuerChecksTest {
  private static final String ISSUER = "https://issuer.example";
  private static final String DOCUMENT = ISSUER + "/.well-known/openid-configuration";
  private static final String KEYS = ISSUER + "/keys";
  private static final String ONE_KEY =
      "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"one\",\"n\":\"wXyz\",\"e\":\"AQAB\"}]}";

  private final PrintedWeb web = new PrintedWeb();
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - Duration.ofMinutes(1).toNanos());
  private final AtomicReference<String> clusterIssuer = new AtomicReference<>("https://other");
  private final AtomicReference<String> clusterKeys = new AtomicReference<>(ONE_KEY);
  private final IssuerChecks checks = checks(web);

  @AfterEach
  void close() {
    checks.close();
  }

  @Test
  void aGoodReportIsGoodForAnHour() {
    publish();
    assertThat(checks.report(ISSUER)).isEqualTo(new IssuerReport(ISSUER, Optional.empty()));

    pass(Duration.ofMinutes(59));
    checks.report(ISSUER);
    assertThat(web.fetched()).hasSize(2);

    pass(Duration.ofMinutes(1));
    checks.report(ISSUER);
    assertThat(web.fetched()).hasSize(4);
  }

  @Test
  void aBadReportIsDoubtedEverMoreSeldom() {
    assertThat(checks.report(ISSUER).problem()).isPresent();

    for (var seconds : List.of(5, 10, 20, 40, 80, 160, 300, 300)) {
      var before = web.fetched().size();
      pass(Duration.ofSeconds(seconds - 1));
      checks.report(ISSUER);
      assertThat(web.fetched()).as("%d s are not over", seconds).hasSize(before);
      pass(Duration.ofSeconds(1));
      checks.report(ISSUER);
      assertThat(web.fetched()).as("%d s are over", seconds).hasSize(before + 1);
    }
  }

  @Test
  void whatWasMendedIsSeenAndAGoodReportEndsTheDoubt() {
    checks.report(ISSUER);
    publish();
    pass(StandingReport.SHORTEST_DOUBT);

    assertThat(checks.report(ISSUER).problem()).isEmpty();
    pass(StandingReport.GOOD.minusSeconds(1));
    assertThat(checks.report(ISSUER).problem()).isEmpty();
    assertThat(web.fetched()).hasSize(3);
  }

  /** An issuer becomes the cluster's own when that changes to it. */
  @Test
  void theKeysAreComparedAsSoonAsTheIssuerIsTheClustersOwn() {
    publish();
    clusterKeys.set(ONE_KEY.replace("one", "two"));
    assertThat(checks.report(ISSUER).problem()).isEmpty();

    clusterIssuer.set(ISSUER);

    assertThat(checks.report(ISSUER).problem().orElseThrow().reason())
        .isEqualTo(Reason.ISSUER_KEYS_DIFFER);
  }

  @Test
  void oneIssuerIsLookedAtOnceHoweverManyAskAtFirst() {
    var looks = new AtomicInteger();
    var release = new CountDownLatch(1);
    var slow = checks(slowly(looks, release));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reports =
          IntStream.range(0, 20)
              .mapToObj(_ -> CompletableFuture.supplyAsync(() -> slow.report(ISSUER), threads))
              .toList();
      await().until(() -> looks.get() == 1);
      release.countDown();

      assertThat(reports).allSatisfy(report -> assertThat(report.join().problem()).isPresent());
    }
    assertThat(looks).hasValue(1);
  }

  @Test
  void nobodyWaitsForASecondLook() throws Exception {
    var looks = new AtomicInteger();
    var first = new CountDownLatch(0);
    var second = new CountDownLatch(1);
    var slow = checks(new SlowWeb(() -> looks.incrementAndGet() == 1 ? first : second));
    slow.report(ISSUER);
    pass(StandingReport.SHORTEST_DOUBT);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var looking = CompletableFuture.supplyAsync(() -> slow.report(ISSUER), threads);
      await().until(() -> looks.get() == 2);

      assertThat(slow.report(ISSUER).problem()).isPresent();

      assertThat(looking).isNotDone();
      second.countDown();
      looking.join();
    }
    assertThat(looks).hasValue(2);
  }

  @Test
  void aSlowIssuerDelaysNoOther() {
    var release = new CountDownLatch(1);
    var looks = new AtomicInteger();
    var slow = checks(slowly(looks, release));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var looking = CompletableFuture.supplyAsync(() -> slow.report(ISSUER), threads);
      await().until(() -> looks.get() == 1);

      assertThat(slow.report("https://localhost").problem()).isPresent();

      assertThat(looking).isNotDone();
      release.countDown();
      looking.join();
    }
  }

  private IssuerChecks checks(Web any) {
    return new IssuerChecks(
        new IssuerCheck(any, true, () -> Optional.of(clusterKeys.get())),
        issuer -> issuer.equals(clusterIssuer.get()),
        () -> {},
        now::get);
  }

  private void publish() {
    web.with(DOCUMENT, "{\"issuer\": \"%s\", \"jwks_uri\": \"%s\"}".formatted(ISSUER, KEYS))
        .with(KEYS, ONE_KEY);
  }

  private void pass(Duration duration) {
    now.addAndGet(duration.toNanos());
  }

  private static Web slowly(AtomicInteger looks, CountDownLatch release) {
    return new SlowWeb(
        () -> {
          looks.incrementAndGet();
          return release;
        });
  }

  /** Nothing answers, and even that only when the latch that a fetch begins with is open. */
  private record SlowWeb(Supplier<CountDownLatch> begin) implements Web {
    @Override
    public Fetched fetch(String address) {
      try {
        begin.get().await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return new Fetched.Failed("does not answer");
    }

    @Override
    public List<InetAddress> addresses(String host) {
      return List.of();
    }
  }
}
