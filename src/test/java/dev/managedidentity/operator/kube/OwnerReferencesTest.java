package dev.managedidentity.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnerReferencesTest {
  @Test
  void theBindingMadeForAnIdentityIsItsOwn() {
    assertThat(isOwn(binding("shop", "orders", owner("uid-1", true)))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "shop, orders, uid-0, true", // of an earlier identity
    "shop, orders, uid-1, false", // tied to the identity by somebody else
    "shop, other, uid-1, true",
    "other, orders, uid-1, true",
  })
  void anyOtherIsNot(String namespace, String name, String uid, boolean isController) {
    assertThat(isOwn(binding(namespace, name, owner(uid, isController)))).isFalse();
  }

  @Test
  void theControllerIsTheOwnerThatMadeAnObject() {
    var maker = owner("uid-2", true);

    assertThat(OwnerReferences.controllerOf(binding("shop", "a", owner("uid-1", null), maker)))
        .contains(maker);
    assertThat(OwnerReferences.controllerOf(binding("shop", "a"))).isEmpty();
  }

  private static boolean isOwn(IdentityBinding binding) {
    var identity = new ManagedIdentity();
    identity.setMetadata(
        new ObjectMetaBuilder().withNamespace("shop").withName("orders").withUid("uid-1").build());
    return OwnerReferences.isOwn(binding, identity);
  }

  private static IdentityBinding binding(String namespace, String name, OwnerReference... owners) {
    var binding = new IdentityBinding();
    binding.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(name)
            .withOwnerReferences(owners)
            .build());
    return binding;
  }

  private static OwnerReference owner(String uid, @Nullable Boolean isController) {
    return new OwnerReferenceBuilder().withUid(uid).withController(isController).build();
  }
}
