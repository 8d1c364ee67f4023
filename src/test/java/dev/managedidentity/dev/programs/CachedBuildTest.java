package dev.managedidentity.dev.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedBuildTest {

  private static final Programs PROGRAMS =
      new Programs(
          "two tools",
          "tools",
          new PinnedModule(Path.of("."), "module example", ""),
          List.of(
              new Programs.Program("one", "example/one"),
              new Programs.Program("two", "example/two")),
          Programs.SMALL);

  @TempDir private Path cache;

  private final List<String> said = new CopyOnWriteArrayList<>();
  private final AtomicInteger builds = new AtomicInteger();

  @Test
  void aBuildIsDoneOnceAndKept() {
    var first = cached(this::buildAll).folder();
    var second = cached(this::buildAll).folder();

    assertThat(second).isEqualTo(first);
    assertThat(first.resolve("one")).isExecutable();
    assertThat(builds).hasValue(1);
  }

  @Test
  void theSecondOfTwoThatStartAtOnceWaitsAndUsesTheResult() throws Exception {
    var building = new CountDownLatch(1);
    var waiting = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first =
          threads.submit(
              () ->
                  cached(
                          folder -> {
                            building.countDown();
                            awaitUninterrupted(waiting);
                            buildAll(folder);
                          })
                      .folder());
      assertThat(building.await(30, TimeUnit.SECONDS)).isTrue();
      var second =
          threads.submit(
              () ->
                  new CachedBuild(
                          PROGRAMS,
                          cache.resolve("tools"),
                          this::buildAll,
                          line -> waiting.countDown())
                      .folder());

      assertThat(second.get()).isEqualTo(first.get());
    }
    assertThat(builds).hasValue(1);
  }

  @Test
  void aFailedBuildLeavesNothingAndTheNextOneSucceeds() throws IOException {
    var failing =
        cached(
            folder -> {
              buildOne(folder, "one");
              throw new BuildFailedException("out of memory");
            });

    assertThatThrownBy(failing::folder).hasMessage("out of memory");
    try (var left = Files.list(cache)) {
      assertThat(left).allMatch(path -> path.toString().endsWith(".lock"));
    }
    assertThat(cached(this::buildAll).folder().resolve("one")).isExecutable();
  }

  @Test
  void whatAKilledBuildLeftIsCleared() throws IOException {
    var folder = cached(this::buildAll).folder();
    var unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
    Files.createDirectories(unfinished);
    Files.writeString(unfinished.resolve("half"), "half a program");
    Files.delete(folder.resolve("two"));

    cached(this::buildAll).folder();

    assertThat(folder.resolve("two")).isExecutable();
    assertThat(folder.resolve("half")).doesNotExist();
    assertThat(unfinished).doesNotExist();
    assertThat(builds).hasValue(2);
  }

  @Test
  void aBuildThatForgetsAProgramIsNotKept() {
    var incomplete = cached(folder -> buildOne(folder, "one"));

    assertThatThrownBy(incomplete::folder).hasMessageContaining("two");
  }

  private CachedBuild cached(CachedBuild.Build build) {
    return new CachedBuild(PROGRAMS, cache.resolve("tools"), build, said::add);
  }

  private void buildAll(Path folder) {
    builds.incrementAndGet();
    List.of("one", "two").forEach(name -> buildOne(folder, name));
  }

  private static void buildOne(Path folder, String name) {
    try {
      var program = Files.createFile(folder.resolve(name));
      assertThat(program.toFile().setExecutable(true)).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
