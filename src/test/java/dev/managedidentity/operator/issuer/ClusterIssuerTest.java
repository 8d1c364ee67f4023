package dev.managedidentity.operator.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ClusterIssuerTest {
  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final String OLD = "https://old.example";
  private static final String NEW = "https://new.example";

  private final Deque<Supplier<Optional<String>>> answers = new ArrayDeque<>();
  private final List<String> heard = new ArrayList<>();

  @Test
  void whatIsConfiguredNeverChanges() {
    try (var issuer = ClusterIssuer.configured(OLD)) {
      issuer.onChange(() -> heard.add("changed"));

      issuer.start();
      issuer.look();

      assertThat(issuer.current()).isEqualTo(OLD);
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void tellsEveryListenerOfAChangeOnceItCounts() {
    try (var issuer = discovered()) {
      issuer.onChange(() -> heard.add("one " + issuer.current()));
      issuer.onChange(() -> heard.add("two " + issuer.current()));
      answer(OLD, NEW, NEW, OLD);

      issuer.look();
      assertThat(heard).isEmpty();
      issuer.look();
      issuer.look();
      assertThat(heard).containsExactly("one " + NEW, "two " + NEW);
      issuer.look();
      assertThat(heard).endsWith("one " + OLD, "two " + OLD);
    }
  }

  @Test
  void staysWhatItWasWhileNobodySays() {
    try (var issuer = discovered()) {
      issuer.onChange(() -> heard.add("changed"));
      answers.add(Optional::empty);
      answers.add(
          () -> {
            throw new IllegalStateException("The API server is away.");
          });

      issuer.look();
      issuer.look();

      assertThat(issuer.current()).isEqualTo(OLD);
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void looksAgainAndAgainUntilClosed() {
    var said = new AtomicReference<>(OLD);
    var asked = new AtomicInteger();
    var changes = new AtomicInteger();
    var issuer =
        ClusterIssuer.discovered(
            OLD,
            () -> {
              if (asked.incrementAndGet() == 2) {
                throw new IllegalStateException("a bug");
              }
              return Optional.of(said.get());
            },
            OFTEN,
            new Random(1));
    try (issuer) {
      issuer.onChange(changes::incrementAndGet);
      issuer.start();
      await().until(() -> asked.get() > 3);

      said.set(NEW);

      await().until(() -> changes.get() == 1);
      assertThat(issuer.current()).isEqualTo(NEW);
    }
  }

  @Test
  void aListenerThatFailsKeepsTheChangeFromNoOther() {
    try (var issuer = discovered()) {
      issuer.onChange(
          () -> {
            throw new IllegalStateException("a bug");
          });
      issuer.onChange(() -> heard.add("changed"));
      answer(NEW);

      issuer.look();

      assertThat(heard).containsExactly("changed");
    }
  }

  @Test
  void waitsMostOfAnInterval() {
    try (var issuer =
        ClusterIssuer.discovered(OLD, Optional::empty, ClusterIssuer.INTERVAL, new Random(1))) {
      assertThat(issuer.pause()).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(60));
    }
  }

  @Test
  void anIntervalIsLongerThanNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ClusterIssuer.discovered(OLD, Optional::empty, Duration.ZERO, new Random(1)));
  }

  private void answer(String... issuers) {
    for (var issuer : issuers) {
      answers.add(() -> Optional.of(issuer));
    }
  }

  private ClusterIssuer discovered() {
    return ClusterIssuer.discovered(
        OLD, () -> answers.removeFirst().get(), ClusterIssuer.INTERVAL, new Random(1));
  }
}
