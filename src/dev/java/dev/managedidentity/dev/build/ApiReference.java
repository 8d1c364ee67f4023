package dev.managedidentity.dev.build;

import static java.util.stream.Collectors.joining;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.util.List;

/** docs/reference/api.md: every field of the custom resources, as the CRDs have them. */
final class ApiReference {
  private static final String INTRODUCTION =
      """
      # API reference

      <!-- Generated from crds/ by `make docs`. -->

      Two namespaced custom resources of the group `managedidentity.dev`, version `v1alpha1`. `kubectl explain mi.spec` and
      `kubectl explain ib.spec` say the same on a cluster; `kubectl get azure` lists both. The API server refuses what breaks a
      rule and names the field; what only Azure can know becomes a [condition](conditions.md). `[]` stands for any item of a list.
      """;

  private ApiReference() {}

  static GeneratedFile page() {
    var kinds = CrdGenerator.definitions().reversed().stream().map(ApiReference::kind);
    return ReferencePage.of("api.md", INTRODUCTION + kinds.collect(joining()));
  }

  private static String kind(CustomResourceDefinition crd) {
    var names = crd.getSpec().getNames();
    var nodes = SchemaNode.of(crd);
    return """

    ## %s

    %s Short name: `%s`.

    ### %s spec

    %s
    ### %s status

    %s\
    """
        .formatted(
            names.getKind(),
            SchemaText.escaped(nodes.getFirst().schema().getDescription()),
            String.join("`, `", names.getShortNames()),
            names.getKind(),
            spec(nodes),
            names.getKind(),
            status(nodes));
  }

  private static MarkdownTable spec(List<SchemaNode> nodes) {
    return new MarkdownTable(
        List.of("Field", "Type", "Default", "Description", "Rules"),
        below("spec.", nodes).stream()
            .map(
                node ->
                    List.of(
                        field(node),
                        SchemaText.type(node.schema()),
                        SchemaText.defaultValue(node.schema()),
                        SchemaText.escaped(node.schema().getDescription()),
                        String.join("<br>", SchemaText.rules(node, nodes))))
            .toList());
  }

  private static MarkdownTable status(List<SchemaNode> nodes) {
    return new MarkdownTable(
        List.of("Field", "Type", "Description"),
        below("status.", nodes).stream()
            .map(
                node ->
                    List.of(
                        field(node),
                        SchemaText.type(node.schema()),
                        SchemaText.escaped(node.schema().getDescription())))
            .toList());
  }

  private static List<SchemaNode> below(String part, List<SchemaNode> nodes) {
    return nodes.stream().filter(node -> node.isField() && node.path().startsWith(part)).toList();
  }

  private static String field(SchemaNode node) {
    return "`" + node.path().substring(node.path().indexOf('.') + 1) + "`";
  }
}
