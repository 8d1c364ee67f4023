package dev.managedidentity.dev.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageArchiveTest {
  @TempDir private Path out = Path.of("");

  @SuppressWarnings("NullAway.Init") // before each
  private ImageFiles files;

  @BeforeEach
  void write(@TempDir Path root) {
    files = new ImageFiles(root);
    files.write("/opt/java/bin/java", "java");
    files.write("/app/lib/library.jar", "library");
    files.write(ContainerCommand.JAR, "operator");
    files.write(ContainerCommand.AOT_CACHE, "cache");
    files.write("/etc/passwd", "users");
    files.setTimes();
  }

  @Test
  void isBuiltOnNothing() throws InvalidImageReferenceException {
    var plan = archive(Optional.empty()).builder().toContainerBuildPlan();

    assertThat(plan.getBaseImage()).isEqualTo("scratch");
  }

  @Test
  void isBuiltOnAnImageWhenToldSo() throws InvalidImageReferenceException {
    var plan = archive(Optional.of("registry.example/base:1")).builder().toContainerBuildPlan();

    assertThat(plan.getBaseImage()).isEqualTo("registry.example/base:1");
  }

  @Test
  void whatChangesMostOftenComesLast() {
    assertThat(archive(Optional.empty()).layers())
        .extracting(FileEntriesLayer::getName)
        .containsExactly("system", "java", "libraries", "aot", "operator");
    assertThat(archive(Optional.empty()).layers())
        .allSatisfy(layer -> assertThat(layer.getEntries()).hasSize(1));
  }

  @Test
  void isTheSameWheneverItIsPackedOfTheSameFiles() throws InterruptedException {
    var first = archive(Optional.empty()).write(out.resolve("1.tar"), out.resolve("1"));
    files.setTimes();
    var second = archive(Optional.empty()).write(out.resolve("2.tar"), out.resolve("2"));

    assertThat(second.getDigest()).isEqualTo(first.getDigest());
  }

  private ImageArchive archive(Optional<String> base) {
    return new ImageArchive(files, "1", base);
  }
}
