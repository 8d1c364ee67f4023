package dev.managedidentity.dev.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PinnedModuleTest {

  private static final String GO_MOD =
      """
      module example
      require k8s.io/kubernetes v1.36.3 // indirect
      require (
      \tgo.etcd.io/etcd/server/v3 v3.6.8 // indirect
      )
      """;

  private final PinnedModule module = new PinnedModule(Path.of("."), GO_MOD, "sums");

  @Test
  void theCacheKeyNamesVersionsAndPlatform() {
    assertThat(module.cacheKey("Mac OS X", "aarch64"))
        .matches("control-plane-v1\\.36\\.3-etcd-v3\\.6\\.8-macosx-aarch64-[0-9a-f]{12}");
  }

  @Test
  void theCacheKeyIsTheSameForTheSameModule() {
    var same = new PinnedModule(Path.of("elsewhere"), GO_MOD, "sums");

    assertThat(same.cacheKey("Linux", "amd64")).isEqualTo(module.cacheKey("Linux", "amd64"));
  }

  @Test
  void theCacheKeyDiffersWhenAnythingPinnedDiffers() {
    var key = module.cacheKey("Linux", "amd64");

    assertThat(new PinnedModule(Path.of("."), GO_MOD, "other sums").cacheKey("Linux", "amd64"))
        .isNotEqualTo(key);
    assertThat(new PinnedModule(Path.of("."), GO_MOD + "\n", "sums").cacheKey("Linux", "amd64"))
        .isNotEqualTo(key);
    assertThat(module.cacheKey("Linux", "aarch64")).isNotEqualTo(key);
  }

  @Test
  void theApiServerWillReportThePinnedVersion() {
    assertThat(module.linkerFlags())
        .contains("gitVersion=v1.36.3", "gitMajor=1", "gitMinor=36")
        .startsWith("-s -w");
  }

  @Test
  void theModuleOfThisRepositoryPinsBoth() {
    var real = PinnedModule.read(Path.of("src/dev/cluster"));

    assertThat(real.kubernetesVersion()).startsWith("v1.");
    assertThat(real.etcdVersion()).startsWith("v3.");
  }

  @Test
  void aModuleThatLacksARequirementIsRefused() {
    var empty = new PinnedModule(Path.of("here"), "module example\n", "");

    assertThatThrownBy(empty::kubernetesVersion)
        .hasMessageContaining("here")
        .hasMessageContaining("k8s.io/kubernetes");
  }

  @Test
  void aMissingModuleSaysWhereToRun() {
    assertThatThrownBy(() -> PinnedModule.read(Path.of("no/such/folder")))
        .isInstanceOf(ControlPlaneFailedException.class)
        .hasMessageContaining("run from the root of the repository");
  }
}
