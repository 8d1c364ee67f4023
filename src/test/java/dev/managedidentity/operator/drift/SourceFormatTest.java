package dev.managedidentity.operator.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.build.SourceFormat;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SourceFormatTest {
  @Test
  void everySourceFileIsFormatted() throws IOException {
    assertThat(SourceFormat.unformatted(Path.of("src")))
        .as("files that `make format` would change")
        .isEmpty();
  }
}
