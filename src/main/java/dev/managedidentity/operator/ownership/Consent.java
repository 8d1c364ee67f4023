package dev.managedidentity.operator.ownership;

import dev.managedidentity.operator.api.AllowedNamespaces;
import java.util.Map;

/** Whether an identity's owner lets a namespace bind it. */
public final class Consent {
  private Consent() {}

  /**
   * Consent of an identity in {@code identityNamespace} to bindings in {@code bindingNamespace},
   * whose labels are {@code labels}.
   */
  public static boolean isGiven(
      AllowedNamespaces allowed,
      String identityNamespace,
      String bindingNamespace,
      Map<String, String> labels) {
    if (identityNamespace.equals(bindingNamespace)) {
      return true;
    }
    return switch (allowed.from()) {
      case SAME -> false;
      case ALL -> true;
      case SELECTOR -> allowed.selector() != null && allowed.selector().matches(labels);
    };
  }
}
