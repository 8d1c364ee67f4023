package dev.managedidentity.operator.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.build.CrdGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CrdDriftTest {
  @Test
  void crdsAreWhatTheJavaTypesSay() throws IOException {
    assertThat(written())
        .as("crds/ differs from the Java types: run `make crds`")
        .isEqualTo(CrdGenerator.files());
  }

  @Test
  void generatingTwiceGivesTheSameBytes() {
    assertThat(CrdGenerator.files()).isEqualTo(CrdGenerator.files());
  }

  private static Map<String, String> written() throws IOException {
    var texts = new TreeMap<String, String>();
    try (var files = Files.list(CrdGenerator.FOLDER)) {
      for (var file : files.toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }
}
