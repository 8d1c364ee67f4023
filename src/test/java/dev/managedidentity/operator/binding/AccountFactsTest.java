package dev.managedidentity.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from a service account. */
class AccountFactsTest {
  @Test
  void anAccountThatDoesNotExistIsEmpty() {
    assertThat(account(new Neighbourhood().with((ServiceAccount) null).observe()).existing())
        .isEmpty();
  }

  @Test
  void aBareAccountIsNobodys() {
    assertThat(facts("metadata: {uid: account-1}"))
        .isEqualTo(new BindingFacts.ExistingAccount("account-1", java.util.Map.of(), false, false));
  }

  @ParameterizedTest
  @CsvSource({"uid-of-binding-1, true", "uid-of-another, false"})
  void belongsToTheBindingThatItsOwnerReferenceNames(String uid, boolean isOwned) {
    var account =
        facts(
            """
            metadata:
              uid: account-1
              ownerReferences:
                - {apiVersion: v1, kind: ConfigMap, name: c, uid: other}
                - {apiVersion: managedidentity.dev/v1alpha1, kind: IdentityBinding, name: b, uid: %s}
            """
                .formatted(uid));

    assertThat(account.isOwnedByUs()).isEqualTo(isOwned);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ours   | fieldsV1: {'f:metadata': {'f:annotations': {'f:a': {}}}}    | true",
        "ours   | fieldsV1: {'f:metadata': {'f:ownerReferences': {}}}         | false",
        "ours   | fieldsV1: {'f:imagePullSecrets': {}}                        | false",
        "ours   | time: 2026-03-01T12:00:00Z                                  | false",
        "kubectl| fieldsV1: {'f:metadata': {'f:annotations': {'f:a': {}}}}    | false",
      })
  void isAnnotatedByTheBindingWhoseFieldManagerSetAnnotations(
      String manager, String fields, boolean isAnnotated) {
    var target =
        account(new Neighbourhood().observe(Neighbourhood.binding(), IdentityBindingStatus.EMPTY))
            .target();
    var account =
        facts(
            """
            metadata:
              uid: account-1
              managedFields:
                - {manager: %s, operation: Apply, %s}
            """
                .formatted(manager.equals("ours") ? target.fieldManager() : manager, fields));

    assertThat(account.isAnnotatedByUs()).isEqualTo(isAnnotated);
  }

  private static BindingFacts.ExistingAccount facts(String yaml) {
    var account = Serialization.unmarshal("kind: ServiceAccount\n" + yaml, ServiceAccount.class);
    account.getMetadata().setName("orders-api");
    return account(new Neighbourhood().with(account).observe()).existing().orElseThrow();
  }

  private static BindingFacts.Account account(BindingFacts facts) {
    var tokens = (Subject.Tokens) facts.subject();
    return tokens.bearers().getFirst().account().orElseThrow();
  }
}
