package dev.managedidentity.operator.apiserver;

import io.fabric8.kubernetes.api.model.authorization.v1.NonResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** Asks the API server whether a user may do what the first of some RBAC rules allows. */
public record AccessQuestion(PolicyRule rule, String namespace) {

  /** A role takes effect as a whole, so its first rule speaks for all. */
  public static AccessQuestion about(List<PolicyRule> rules) {
    return new AccessQuestion(rules.getFirst(), "");
  }

  /** The same in a namespace. */
  public AccessQuestion in(String someNamespace) {
    return new AccessQuestion(rule, someNamespace);
  }

  /** The answer about this user. */
  public boolean isAnsweredYes(KubernetesClient client, String user) {
    var review = new SubjectAccessReviewBuilder().withNewSpec().withUser(user).endSpec().build();
    var verb = rule.getVerbs().getFirst();
    if (rule.getNonResourceURLs().isEmpty()) {
      review.getSpec().setResourceAttributes(resource(verb));
    } else {
      review
          .getSpec()
          .setNonResourceAttributes(
              new NonResourceAttributes(rule.getNonResourceURLs().getFirst(), verb));
    }
    return client.resource(review).create().getStatus().getAllowed();
  }

  private ResourceAttributes resource(String verb) {
    var path = rule.getResources().getFirst();
    int slash = path.indexOf('/');
    return new ResourceAttributesBuilder()
        .withVerb(verb)
        .withGroup(rule.getApiGroups().getFirst())
        .withResource(slash < 0 ? path : path.substring(0, slash))
        .withSubresource(slash < 0 ? "" : path.substring(slash + 1))
        .withName(rule.getResourceNames().isEmpty() ? "" : rule.getResourceNames().getFirst())
        .withNamespace(namespace)
        .build();
  }
}
