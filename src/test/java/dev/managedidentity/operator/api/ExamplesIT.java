package dev.managedidentity.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.cluster.CrdInstaller;
import dev.managedidentity.operator.apiserver.TestNamespace;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user copies must work: every file of examples/ is tried on a real API server. */
@UsesControlPlane
class ExamplesIT {
  @Test
  void theApiServerAcceptsEveryExample(TestNamespace namespace) throws IOException {
    CrdInstaller.install(namespace.admin());
    var files = yamlFiles();

    assertThat(files).isNotEmpty();
    assertThat(files).allSatisfy(file -> tryOut(namespace, Files.readString(file)));
  }

  private static void tryOut(TestNamespace namespace, String yaml) {
    for (var document : yaml.split("(?m)^---\n", -1)) {
      var resource = Serialization.unmarshal(document, GenericKubernetesResource.class);
      if (!resource.getKind().equals("Namespace")) {
        resource.getMetadata().setNamespace(namespace.name());
      }
      var accepted =
          namespace
              .admin()
              .resource(resource)
              .dryRun(true)
              .fieldValidation(FieldValidateable.Validation.STRICT)
              .create();
      assertThat(accepted.getMetadata().getName()).isEqualTo(resource.getMetadata().getName());
    }
  }

  private static List<Path> yamlFiles() throws IOException {
    try (var files = Files.walk(Path.of("examples"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
