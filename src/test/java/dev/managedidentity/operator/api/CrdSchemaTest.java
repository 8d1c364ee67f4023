package dev.managedidentity.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.build.CrdGenerator;
import dev.managedidentity.dev.build.SchemaNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrdSchemaTest {
  private static final List<CustomResourceDefinition> CRDS = CrdGenerator.definitions();

  static List<CustomResourceDefinition> crds() {
    return CRDS;
  }

  @ParameterizedTest
  @MethodSource("crds")
  void everyFieldIsDescribedInSentences(CustomResourceDefinition crd) {
    assertThat(SchemaNode.of(crd))
        .filteredOn(node -> node.isField() || node.schema().getType().equals("object"))
        .hasSizeGreaterThan(30)
        .allSatisfy(
            node ->
                assertThat(node.schema().getDescription())
                    .as(node.path())
                    .isNotNull()
                    .matches("(?s)[A-Z].*[.]"));
  }

  @ParameterizedTest
  @MethodSource("crds")
  void everyTextAndListAndMapOfTheSpecHasALimit(CustomResourceDefinition crd) {
    assertThat(SchemaNode.of(crd))
        .filteredOn(node -> node.path().startsWith("spec."))
        .allSatisfy(node -> assertThat(isLimited(node)).as(node.path()).isTrue());
  }

  @ParameterizedTest
  @MethodSource("crds")
  void everyRuleIsThereOnceAndItsMessageNamesTheField(CustomResourceDefinition crd) {
    assertThat(SchemaNode.of(crd))
        .allSatisfy(
            node -> {
              var rules = node.schema().getXKubernetesValidations();
              assertThat(rules).doesNotHaveDuplicates();
              assertThat(rules)
                  .allSatisfy(rule -> assertThat(rule.getMessage()).contains(field(node, rule)));
            });
  }

  @ParameterizedTest
  @MethodSource("crds")
  void conditionsAreKeyedByTypeAndTimesAreTimes(CustomResourceDefinition crd) {
    var conditions = node(crd, "status.conditions").schema();

    assertThat(conditions.getXKubernetesListType()).isEqualTo("map");
    assertThat(conditions.getXKubernetesListMapKeys()).containsExactly("type");
    assertThat(node(crd, "status.conditions[].lastTransitionTime").schema().getFormat())
        .isEqualTo("date-time");
    assertThat(node(crd, "status.lastOperation.time").schema().getFormat()).isEqualTo("date-time");
    assertThat(node(crd, "status.observedGeneration").schema().getFormat()).isEqualTo("int64");
  }

  @ParameterizedTest
  @MethodSource("crds")
  void theSpecIsRequiredAndTheStatusIsASubresource(CustomResourceDefinition crd) {
    assertThat(node(crd, "spec").isRequired()).isTrue();
    assertThat(crd.getSpec().getVersions())
        .singleElement()
        .satisfies(version -> assertThat(version.getSubresources().getStatus()).isNotNull());
  }

  @Test
  void roleAssignmentsAreKeyedByRoleAndScope() {
    var roleAssignments = node(crd("ManagedIdentity"), "spec.roleAssignments").schema();

    assertThat(roleAssignments.getXKubernetesListType()).isEqualTo("map");
    assertThat(roleAssignments.getXKubernetesListMapKeys()).containsExactly("role", "scope");
  }

  @Test
  void kubectlKnowsShortNamesACategoryAndUsefulColumns() {
    var identity = crd("ManagedIdentity").getSpec();
    var binding = crd("IdentityBinding").getSpec();

    assertThat(identity.getNames().getShortNames()).containsExactly("mi");
    assertThat(binding.getNames().getShortNames()).containsExactly("ib");
    assertThat(identity.getNames().getCategories()).containsExactly("azure");
    assertThat(binding.getNames().getCategories()).containsExactly("azure");
    assertThat(identity.getVersions().getFirst().getAdditionalPrinterColumns())
        .extracting(CustomResourceColumnDefinition::getName)
        .containsExactly(
            "Ready", "Reason", "Client ID", "Bindings", "Resource ID", "Message", "Age");
    assertThat(binding.getVersions().getFirst().getAdditionalPrinterColumns())
        .extracting(CustomResourceColumnDefinition::getName)
        .containsExactly(
            "Ready",
            "Reason",
            "Identity",
            "Service Account",
            "Client ID",
            "Azure Resource",
            "Message",
            "Age");
  }

  private static CustomResourceDefinition crd(String kind) {
    return CRDS.stream()
        .filter(crd -> crd.getSpec().getNames().getKind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static SchemaNode node(CustomResourceDefinition crd, String path) {
    return SchemaNode.of(crd).stream()
        .filter(node -> node.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  /** The last name in the path of what a rule speaks of. */
  private static String field(SchemaNode node, ValidationRule rule) {
    var path = rule.getFieldPath() == null ? node.path() : rule.getFieldPath();
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static boolean isLimited(SchemaNode node) {
    var schema = node.schema();
    return switch (schema.getType()) {
      case "string" -> schema.getMaxLength() != null || !schema.getEnum().isEmpty();
      case "array" -> schema.getMaxItems() != null;
      case "integer" -> schema.getMinimum() != null && schema.getMaximum() != null;
      case "object" ->
          schema.getAdditionalProperties() == null || schema.getMaxProperties() != null;
      default -> true;
    };
  }
}
