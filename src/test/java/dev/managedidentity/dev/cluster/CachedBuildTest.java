package dev.managedidentity.dev.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedBuildTest {

  private static final PinnedModule MODULE =
      new PinnedModule(
          Path.of("."),
          "require k8s.io/kubernetes v1.2.3\nrequire go.etcd.io/etcd/server/v3 v3.4.5\n",
          "");

  @TempDir private Path cache;

  private final List<String> said = new CopyOnWriteArrayList<>();
  private final AtomicInteger builds = new AtomicInteger();

  @Test
  void aBuildIsDoneOnceAndKept() {
    var first = cached(this::buildAll).binaries();
    var second = cached(this::buildAll).binaries();

    assertThat(second).isEqualTo(first);
    assertThat(first.apiServer()).isExecutable();
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
                      .binaries());
      assertThat(building.await(30, TimeUnit.SECONDS)).isTrue();
      var second =
          threads.submit(
              () ->
                  new CachedBuild(MODULE, cache, this::buildAll, line -> waiting.countDown())
                      .binaries());

      assertThat(second.get()).isEqualTo(first.get());
    }
    assertThat(builds).hasValue(1);
  }

  @Test
  void aFailedBuildLeavesNothingAndTheNextOneSucceeds() throws IOException {
    var failing =
        cached(
            folder -> {
              buildOne(folder, Binaries.ETCD);
              throw new ControlPlaneFailedException("out of memory");
            });

    assertThatThrownBy(failing::binaries).hasMessage("out of memory");
    try (var left = Files.list(cache)) {
      assertThat(left).allMatch(path -> path.toString().endsWith(".lock"));
    }
    assertThat(cached(this::buildAll).binaries().etcd()).isExecutable();
  }

  @Test
  void whatAKilledBuildLeftIsCleared() throws IOException {
    var folder = Objects.requireNonNull(cached(this::buildAll).binaries().etcd().getParent());
    var unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
    Files.createDirectories(unfinished);
    Files.writeString(unfinished.resolve("half"), "half a program");
    Files.delete(folder.resolve(Binaries.API_SERVER));

    var binaries = cached(this::buildAll).binaries();

    assertThat(binaries.apiServer()).isExecutable();
    assertThat(folder.resolve("half")).doesNotExist();
    assertThat(unfinished).doesNotExist();
    assertThat(builds).hasValue(2);
  }

  @Test
  void aBuildThatForgetsAProgramIsNotKept() {
    var incomplete = cached(folder -> buildOne(folder, Binaries.ETCD));

    assertThatThrownBy(incomplete::binaries).hasMessageContaining("kube-controller-manager");
  }

  private CachedBuild cached(CachedBuild.Build build) {
    return new CachedBuild(MODULE, cache, build, said::add);
  }

  private void buildAll(Path folder) {
    builds.incrementAndGet();
    Binaries.NAMES.forEach(name -> buildOne(folder, name));
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
