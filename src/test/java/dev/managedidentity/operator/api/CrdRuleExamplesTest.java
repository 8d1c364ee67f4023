package dev.managedidentity.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.managedidentity.dev.build.CrdGenerator;
import dev.managedidentity.dev.build.SchemaNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrdRuleExamplesTest {
  private static final List<InvalidExample> INVALID =
      ExampleFile.in("invalid").stream().map(InvalidExample::of).toList();

  private static final Set<String> VALID =
      ExampleFile.in("valid").stream().map(ExampleFile::name).collect(Collectors.toSet());

  private static final List<SchemaRule> RULES =
      CrdGenerator.definitions().stream().map(SchemaRule::of).flatMap(Collection::stream).toList();

  static List<SchemaRule> rules() {
    return RULES;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleHasAnInvalidExampleAndAValidOneOfTheSameName(SchemaRule rule) {
    assertThat(INVALID)
        .as("src/test/resources/crds/invalid needs a file that shows %s", rule)
        .filteredOn(rule::isShownBy)
        .extracting(example -> example.file().name())
        .as("src/test/resources/crds/valid needs a file with one of these names")
        .anyMatch(VALID::contains);
  }

  @Test
  void everyInvalidExampleShowsARule() {
    assertThat(INVALID)
        .allSatisfy(
            example ->
                assertThat(RULES)
                    .as(example.file().name())
                    .anyMatch(rule -> rule.isShownBy(example)));
  }

  @Test
  void theSchemaHasNoRuleOfAKindThatTheseTestsDoNotKnow() {
    var keywords =
        CrdGenerator.definitions().stream()
            .flatMap(crd -> SchemaNode.of(crd).stream())
            .filter(node -> node.path().startsWith("spec"))
            .flatMap(CrdRuleExamplesTest::keywords);

    assertThat(keywords)
        .isSubsetOf(
            "type",
            "description",
            "default",
            "properties",
            "items",
            "additionalProperties",
            "required",
            "enum",
            "maxLength",
            "maxItems",
            "maxProperties",
            "minimum",
            "maximum",
            "format",
            "x-kubernetes-list-type",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-validations");
  }

  private static Stream<String> keywords(SchemaNode node) {
    JsonNode schema = new ObjectMapper().valueToTree(node.schema());
    return schema.properties().stream().map(Map.Entry::getKey);
  }
}
