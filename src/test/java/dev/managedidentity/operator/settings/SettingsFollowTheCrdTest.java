package dev.managedidentity.operator.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.AzureSpec;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A default must be accepted where, and only where, the field in a ManagedIdentity would be. */
class SettingsFollowTheCrdTest {
  @Test
  void subscriptionResourceGroupAndLocationHaveThePatternsOfTheCrd() {
    assertThat(anchored(TextSyntax.GUID)).isEqualTo(patternOf("subscriptionId"));
    assertThat(anchored(TextSyntax.RESOURCE_GROUP)).isEqualTo(patternOf("resourceGroup"));
    assertThat(anchored(TextSyntax.REGION)).isEqualTo(patternOf("location"));
  }

  @Test
  void asManyTagsAreAllowedAsInTheCrd() {
    assertThat((long) TagSyntax.MOST).isEqualTo(annotation("tags", Size.class).max());
  }

  private static String anchored(java.util.regex.Pattern pattern) {
    return "^" + pattern + "$";
  }

  private static String patternOf(String component) {
    return annotation(component, Pattern.class).value();
  }

  private static <A extends Annotation> A annotation(String component, Class<A> type) {
    return Arrays.stream(AzureSpec.class.getDeclaredFields())
        .filter(field -> field.getName().equals(component))
        .map(field -> field.getAnnotation(type))
        .findFirst()
        .orElseThrow();
  }
}
