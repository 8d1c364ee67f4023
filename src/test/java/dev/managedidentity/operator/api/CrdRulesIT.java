package dev.managedidentity.operator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.managedidentity.dev.cluster.CrdInstaller;
import dev.managedidentity.operator.apiserver.TestNamespace;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.WritableOperation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tries every example file on a real API server. */
@UsesControlPlane
class CrdRulesIT {
  private final TestNamespace namespace;

  CrdRulesIT(TestNamespace namespace) {
    this.namespace = namespace;
  }

  @BeforeEach
  void installCrds() {
    CrdInstaller.install(namespace.admin());
  }

  @TestFactory
  Stream<DynamicTest> acceptsWhatIsValid() {
    return ExampleFile.in("valid").stream()
        .map(file -> DynamicTest.dynamicTest(file.name(), () -> accepted(file)));
  }

  @TestFactory
  Stream<DynamicTest> refusesWhatIsInvalidAndNamesTheFieldAndTheRule() {
    return ExampleFile.in("invalid").stream()
        .map(InvalidExample::of)
        .map(example -> DynamicTest.dynamicTest(example.file().name(), () -> refused(example)));
  }

  private void accepted(ExampleFile file) {
    assertThatCode(() -> submit(file)).as(file.name()).doesNotThrowAnyException();
  }

  private void refused(InvalidExample example) {
    var refusal =
        catchThrowableOfType(KubernetesClientException.class, () -> submit(example.file()));

    assertThat(refusal).as(example.file().name()).isNotNull();
    assertThat(causes(refusal))
        .as(example.file().name())
        .singleElement()
        .satisfies(
            cause -> {
              assertThat(cause.getField()).isEqualTo(example.field());
              assertThat(cause.getMessage()).contains(example.expectation());
            });
  }

  /** Without the remark, on no field, that further rules were not tried. */
  private static List<StatusCause> causes(KubernetesClientException refusal) {
    return refusal.getStatus().getDetails().getCauses().stream()
        .filter(cause -> !cause.getField().equals("<nil>"))
        .toList();
  }

  /** A single document is only tried; of two, the first is made and the second tried on it. */
  private void submit(ExampleFile file) {
    var documents = file.documents();
    var first = documents.getFirst();
    if (documents.size() == 1) {
      strict(here(first).dryRun(true)).create();
      return;
    }
    var before = strict(here(first)).create();
    try {
      var after = documents.getLast();
      after.getMetadata().setResourceVersion(before.getMetadata().getResourceVersion());
      strict(here(after).dryRun(true)).update();
    } finally {
      here(before).delete();
    }
  }

  private Resource<GenericKubernetesResource> here(GenericKubernetesResource document) {
    return namespace.admin().resource(document).inNamespace(namespace.name());
  }

  private static NonDeletingOperation<GenericKubernetesResource> strict(
      WritableOperation<GenericKubernetesResource> operation) {
    return operation.fieldValidation(FieldValidateable.Validation.STRICT);
  }
}
