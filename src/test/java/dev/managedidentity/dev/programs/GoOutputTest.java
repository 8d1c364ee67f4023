package dev.managedidentity.dev.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoOutputTest {

  private static final Duration ELAPSED = Duration.ofSeconds(75);

  @Test
  void sourcesThatAreDownloadedAreCounted() {
    var output = List.of("go: downloading a v1.0.0", "go: downloading b v2.0.0");

    assertThat(GoOutput.of(output).describe(ELAPSED))
        .isEqualTo("  1 min 15 s: 2 modules downloaded, last b v2.0.0");
  }

  @Test
  void packagesThatAreCompiledAreCounted() {
    var output = List.of("go: downloading a v1.0.0", "k8s.io/api/core/v1", "k8s.io/api/apps/v1");

    assertThat(GoOutput.of(output).describe(ELAPSED))
        .isEqualTo("  1 min 15 s: 2 packages compiled, last k8s.io/api/apps/v1");
  }

  @Test
  void silenceMeansThatMostIsCompiledAlready() {
    assertThat(GoOutput.of(List.of()).describe(ELAPSED)).contains("compiled already");
  }
}
