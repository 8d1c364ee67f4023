package dev.managedidentity.operator.api;

/** Schema rules for names of Kubernetes objects and labels, shared by the types that use them. */
final class KubernetesNames {
  static final int OBJECT_LENGTH = 253;
  static final String OBJECT =
      "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')";
  static final String OBJECT_MESSAGE =
      "name is 1 to 253 lower-case letters, digits, '-' or '.'; it and each part between dots"
          + " start and end with a letter or a digit";

  static final int NAMESPACE_LENGTH = 63;
  static final String NAMESPACE = "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')";
  static final String NAMESPACE_MESSAGE =
      "namespace is 1 to 63 lower-case letters, digits or '-', and starts and ends with a letter"
          + " or a digit";

  static final int LABEL_VALUE_LENGTH = 63;
  static final int LABEL_KEY_LENGTH = 317;
  static final String LABEL_KEY_FORM =
      "'^([a-z0-9][-a-z0-9.]*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'";
  static final String LABEL_VALUE_FORM = "'^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'";

  private KubernetesNames() {}
}
