package dev.managedidentity.dev.cluster;

import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Lets anyone read the issuer's discovery document and keys, as clusters with federation do. */
final class PublicIssuer {

  private static final String ROLE = "system:service-account-issuer-discovery";

  private PublicIssuer() {}

  static void open(KubernetesClient admin) {
    admin
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName("public-issuer-discovery")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", ROLE)
                .addNewSubject()
                .withApiGroup("rbac.authorization.k8s.io")
                .withKind("Group")
                .withName("system:unauthenticated")
                .endSubject()
                .build())
        .create();
  }
}
