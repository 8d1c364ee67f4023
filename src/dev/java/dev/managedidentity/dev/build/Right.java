package dev.managedidentity.dev.build;

import java.util.List;

/**
 * One rule of the operator's RBAC.
 *
 * @param where it is needed
 * @param when it is needed
 * @param group of the API; empty for the core
 * @param resources with subresources, as RBAC writes them
 * @param names of the only objects that it is about; empty for all
 * @param reason what would break without it, for whoever reviews the rights
 */
public record Right(
    Where where,
    When when,
    String group,
    List<String> resources,
    List<String> names,
    List<String> verbs,
    String reason) {
  public Right {
    resources = List.copyOf(resources);
    names = List.copyOf(names);
    verbs = List.copyOf(verbs);
  }

  /** Where a right is needed. */
  public enum Where {
    /** About objects that are in no namespace. */
    CLUSTER,
    /** In the namespaces that the operator works for. */
    WORK,
    /** In the operator's own namespace. */
    OWN
  }

  /** When a right is needed, and how the chart asks for that. */
  public enum When {
    ALWAYS(""),
    WEBHOOK(".Values.webhook.enabled"),
    OWN_CERTIFICATE("and .Values.webhook.enabled (not .Values.webhook.certManager.enabled)"),
    VERIFICATION("ne (include \"operator.verifies\" .) \"false\"");

    private final String condition;

    When(String condition) {
      this.condition = condition;
    }

    /** A condition of the chart's templates; empty for none. */
    public String condition() {
      return condition;
    }
  }

  /** A right that is always needed in the namespaces that the operator works for. */
  static Right on(String group, String... resources) {
    return new Right(Where.WORK, When.ALWAYS, group, List.of(resources), List.of(), List.of(), "");
  }

  Right in(Where other) {
    return new Right(other, when, group, resources, names, verbs, reason);
  }

  Right only(When other) {
    return new Right(where, other, group, resources, names, verbs, reason);
  }

  Right named(String... only) {
    return new Right(where, when, group, resources, List.of(only), verbs, reason);
  }

  Right may(String... allowed) {
    return new Right(where, when, group, resources, names, List.of(allowed), reason);
  }

  Right because(String why) {
    return new Right(where, when, group, resources, names, verbs, why);
  }
}
