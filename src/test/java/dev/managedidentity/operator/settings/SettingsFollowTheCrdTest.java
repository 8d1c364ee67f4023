package dev.managedidentity.operator.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.managedidentity.operator.api.AzureSpec;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A default must be accepted where, and only where, the field in a ManagedIdentity would be. */
class SettingsFollowTheCrdTest {
  private static final Pattern EXPRESSION = Pattern.compile("matches\\(r?'(.*?)'\\)");

  @ParameterizedTest
  @MethodSource("texts")
  void textIsAcceptedWhereTheCrdAcceptsIt(String text) {
    assertThat(accepts(Syntax.GUID, text))
        .as("subscription %s", text)
        .isEqualTo(crdAccepts("subscriptionId", text));
    assertThat(accepts(Syntax.RESOURCE_GROUP, text))
        .as("resource group %s", text)
        .isEqualTo(crdAccepts("resourceGroup", text));
    assertThat(accepts(Syntax.REGION, text))
        .as("location %s", text)
        .isEqualTo(crdAccepts("location", text));
  }

  static Stream<String> texts() {
    var guid = "0b1f6471-1bf0-4dda-aec3-111122223333";
    return Stream.of(
        guid,
        guid.replace('b', 'B'),
        guid + "0",
        guid.replace('b', 'x'),
        "a",
        "ab",
        "a1",
        "1a",
        "a-b",
        "A",
        "grüße",
        "(a)",
        "a.b",
        "ab.",
        "a b",
        "a/b",
        "a".repeat(64),
        "a".repeat(65),
        "a".repeat(90),
        "a".repeat(91));
  }

  @ParameterizedTest
  @MethodSource("tagNames")
  void aTagNameIsAcceptedWhereTheCrdAcceptsIt(String name) {
    var tags = JsonNodeFactory.instance.objectNode().put(name, "value");

    assertThat(isParsed(() -> Syntax.TAGS.parse(tags)))
        .isEqualTo(
            !name.isEmpty()
                && name.length() <= 512
                && expressions(field("tags")).noneMatch(rule -> rule.test(name)));
  }

  static Stream<String> tagNames() {
    return Stream.concat(
        "<>%&\\?/".chars().mapToObj(character -> "a" + (char) character),
        Stream.of(
            "team",
            "a b",
            "grüße",
            "",
            "a".repeat(512),
            "a".repeat(513),
            "managedidentity.dev",
            "ManagedIdentity.dev.uid",
            "managedidentityXdev",
            "microsoft-team",
            "AzureTeam",
            "my-azure",
            "windows"));
  }

  @Test
  void asManyTagsAreAllowedAsInTheCrd() {
    assertThat((long) TagSyntax.MOST).isEqualTo(field("tags").getAnnotation(Size.class).max());
  }

  private static boolean accepts(Syntax syntax, String text) {
    return isParsed(() -> syntax.parse(TextNode.valueOf(text)));
  }

  private static boolean isParsed(Attempt attempt) {
    try {
      attempt.parse();
      return true;
    } catch (InvalidValueException _) {
      return false;
    }
  }

  private interface Attempt {
    Object parse() throws InvalidValueException;
  }

  private static boolean crdAccepts(String name, String text) {
    var field = field(name);
    return text.length() <= field.getAnnotation(Size.class).max()
        && expressions(field).allMatch(rule -> rule.test(text));
  }

  /** The regular expressions in a field's rules; like CEL's they look for a match anywhere. */
  private static Stream<Predicate<String>> expressions(Field field) {
    return Arrays.stream(field.getAnnotationsByType(ValidationRule.class))
        .flatMap(rule -> EXPRESSION.matcher(rule.value()).results())
        .map(match -> Pattern.compile(match.group(1)).asPredicate());
  }

  private static Field field(String name) {
    return Arrays.stream(AzureSpec.class.getDeclaredFields())
        .filter(field -> field.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
