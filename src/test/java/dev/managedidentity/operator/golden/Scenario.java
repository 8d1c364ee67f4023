package dev.managedidentity.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.managedidentity.operator.azure.FakeAzure;
import dev.managedidentity.operator.inventory.Inventory;
import dev.managedidentity.operator.inventory.Seen;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One folder: {@code in-kubernetes.yaml}, {@code in-azure.yaml} where Azure is not simply empty and
 * willing, and {@code out.yaml}, the calls to Azure and the status after one pass.
 */
public record Scenario(Path folder) {
  private static final Path ROOT = Path.of("src/test/resources/golden");

  /** What came of a pass. */
  public record Result<S>(List<String> calls, S status) {}

  /** All scenarios of one kind. */
  public static List<Scenario> of(String kind) {
    try (var folders = Files.list(ROOT.resolve(kind))) {
      return folders.sorted().map(Scenario::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The objects of a class that stand in Kubernetes. */
  public <T extends HasMetadata> Stream<T> all(Class<T> kind) {
    return Arrays.stream(read("in-kubernetes.yaml").split("(?m)^---$"))
        .filter(one -> one.contains("kind: " + kind.getSimpleName() + "\n"))
        .map(one -> Serialization.unmarshal(one, kind));
  }

  /** The only object of a class, if there is one. */
  public <T extends HasMetadata> Optional<T> find(Class<T> kind) {
    return all(kind).findFirst();
  }

  /** Azure as the scenario has it. */
  public FakeAzure azure() {
    return script().map(AzureScript::azure).orElseGet(FakeAzure::new);
  }

  /** What the inventory saw of it. */
  public Inventory inventory() {
    return script().map(AzureScript::inventory).orElseGet(Seen::inventory);
  }

  private Optional<AzureScript> script() {
    return Files.exists(folder.resolve("in-azure.yaml"))
        ? Optional.of(Serialization.unmarshal(read("in-azure.yaml"), AzureScript.class))
        : Optional.empty();
  }

  /** Compares what came out with what must. */
  public void check(Object result) {
    checkText(Serialization.asYaml(result));
  }

  /** Compares a text that came out with the one that must. */
  public void checkText(String text) {
    if (Boolean.getBoolean("golden.update")) {
      write(text);
      fail("%s was rewritten: look at the difference, then run without golden.update", folder);
    }
    assertThat(text)
        .as("%s; rewrite with -Dgolden.update=true", folder)
        .isEqualTo(read("out.yaml"));
  }

  /** The text of an input. */
  public String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String text) {
    try {
      Files.writeString(folder.resolve("out.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }
}
