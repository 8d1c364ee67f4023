package dev.managedidentity.operator.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.build.GeneratedFile;
import dev.managedidentity.dev.build.ReferencePage;
import dev.managedidentity.dev.chart.ChartFile;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedFileTest {
  @ParameterizedTest
  @MethodSource("files")
  void isWhatItIsMadeOf(GeneratedFile file) throws IOException {
    assertThat(file.kept())
        .as("%s differs from what it is made of: run `make docs chart`", file)
        .isEqualTo(file.text());
  }

  static List<GeneratedFile> files() {
    return Stream.of(ReferencePage.all(), ChartFile.all()).flatMap(List::stream).toList();
  }
}
