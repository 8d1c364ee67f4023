package dev.managedidentity.dev.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
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
  void theCacheKeyNamesProgramsAndPlatform() {
    assertThat(key(module, "Mac OS X", "aarch64")).matches("tools-macosx-aarch64-[0-9a-f]{12}");
  }

  @Test
  void theCacheKeyIsTheSameForTheSameModule() {
    var same = new PinnedModule(Path.of("elsewhere"), GO_MOD, "sums");

    assertThat(key(same, "Linux", "amd64")).isEqualTo(key(module, "Linux", "amd64"));
  }

  @Test
  void theCacheKeyDiffersWhenAnythingPinnedDiffers() {
    var key = key(module, "Linux", "amd64");

    assertThat(key(new PinnedModule(Path.of("."), GO_MOD, "other sums"), "Linux", "amd64"))
        .isNotEqualTo(key);
    assertThat(key(new PinnedModule(Path.of("."), GO_MOD + "\n", "sums"), "Linux", "amd64"))
        .isNotEqualTo(key);
    assertThat(key(module, "Linux", "aarch64")).isNotEqualTo(key);
  }

  @Test
  void versionsAreThoseRequired() {
    assertThat(module.versionOf("k8s.io/kubernetes")).isEqualTo("v1.36.3");
    assertThat(module.versionOf("go.etcd.io/etcd/server/v3")).isEqualTo("v3.6.8");
  }

  @Test
  void aModuleThatLacksARequirementIsRefused() {
    var empty = new PinnedModule(Path.of("here"), "module example\n", "");

    assertThatThrownBy(() -> empty.versionOf("k8s.io/kubernetes"))
        .hasMessageContaining("here")
        .hasMessageContaining("k8s.io/kubernetes");
  }

  @Test
  void aMissingModuleSaysWhereToRun() {
    assertThatThrownBy(() -> PinnedModule.read(Path.of("no/such/folder")))
        .isInstanceOf(BuildFailedException.class)
        .hasMessageContaining("run from the root of the repository");
  }

  private static String key(PinnedModule module, String system, String architecture) {
    return new Programs("tools", "tools", module, List.of(), Programs.SMALL)
        .cacheKey(system, architecture);
  }
}
