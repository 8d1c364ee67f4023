package dev.managedidentity.operator.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.AzureSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerTest {
  private static final Owner OWNER = new Owner("cluster-1", "shop", "orders", "uid-1");

  @Test
  void tagsNameTheOwnerAndAreReadBack() {
    assertThat(OWNER.tags())
        .isEqualTo(
            Map.of(
                "managedidentity.dev.cluster", "cluster-1",
                "managedidentity.dev.namespace", "shop",
                "managedidentity.dev.name", "orders",
                "managedidentity.dev.uid", "uid-1"));
    assertThat(Owner.ofTags(OWNER.tags())).contains(OWNER);
  }

  @Test
  void theOwnerIsFoundAmongTheTagsOfUsers() {
    var tags = new HashMap<>(OWNER.tags());
    tags.put("team", "shop");

    assertThat(Owner.ofTags(tags)).contains(OWNER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cluster", "namespace", "name"})
  void withoutOneOfTheTagsThereIsNoOwner(String missing) {
    var tags = new HashMap<>(OWNER.tags());
    tags.remove("managedidentity.dev." + missing);

    assertThat(Owner.ofTags(tags)).isEmpty();
  }

  @Test
  void tagsOfSomebodyElseNameNoOwner() {
    assertThat(Owner.ofTags(Map.of("team", "shop"))).isEmpty();
    assertThat(Owner.ofTags(Map.of())).isEmpty();
  }

  @Test
  void aLostUidDoesNotLoseTheOwner() {
    var tags = new HashMap<>(OWNER.tags());
    tags.remove("managedidentity.dev.uid");

    assertThat(Owner.ofTags(tags))
        .hasValueSatisfying(owner -> assertThat(owner.isSameResource(OWNER)).isTrue());
  }

  @Test
  void aResourceThatWasCreatedAgainIsTheSame() {
    assertThat(OWNER.isSameResource(new Owner("cluster-1", "shop", "orders", "uid-2"))).isTrue();
  }

  @Test
  void anotherClusterNamespaceOrNameIsAnotherResource() {
    assertThat(OWNER.isSameResource(new Owner("cluster-2", "shop", "orders", "uid-1"))).isFalse();
    assertThat(OWNER.isSameResource(new Owner("cluster-1", "web", "orders", "uid-1"))).isFalse();
    assertThat(OWNER.isSameResource(new Owner("cluster-1", "shop", "payments", "uid-1"))).isFalse();
  }

  @Test
  void usersCannotWriteTagsThatNameAnOwnerAndThereIsRoomForThem() {
    var reserved = Pattern.compile(AzureSpec.RESERVED_TAG_NAME);

    assertThat(OWNER.tags()).hasSizeLessThanOrEqualTo(50 - AzureSpec.MOST_TAGS);
    assertThat(OWNER.tags().keySet())
        .allSatisfy(name -> assertThat(reserved.matcher(name).lookingAt()).isTrue());
  }
}
