package dev.managedidentity.operator.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.chart.ChartFile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChartFileTest {
  @ParameterizedTest
  @MethodSource("files")
  void theChartSaysWhatTheCodeAndItsValuesSay(ChartFile file) throws IOException {
    assertThat(file.kept())
        .as("%s differs from what it is made of: run `make chart`", file)
        .isEqualTo(file.text());
  }

  static List<ChartFile> files() {
    return ChartFile.all();
  }
}
