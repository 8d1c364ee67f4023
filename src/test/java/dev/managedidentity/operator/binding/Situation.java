package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ServiceAccountSubject;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.binding.BindingFacts.Account;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingFacts.Lifetime;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.plan.Problem;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Facts for tests: those of a new binding of shop/orders-api, and what is different here. */
record Situation(
    boolean isDeleting,
    ServiceAccountSubject wish,
    IdentityBindingStatus status,
    Identity identity,
    Optional<Account> account,
    Set<String> tried) {

  static final IdentityId ID = new IdentityId("sub", "group", "orders");
  static final IdentityId OTHER_ID = new IdentityId("sub", "group", "other");
  static final FederatedCredential CREDENTIAL = credential(ID, "cred-1", "audience");
  static final Map<String, String> ANNOTATIONS = AccountAnnotations.of("client-1", "tenant", 3600);
  static final AccountAnnotations.Target TARGET =
      new AccountAnnotations.Target(
          "shop",
          "orders-api",
          "binding-1",
          new OwnerReferenceBuilder()
              .withApiVersion("managedidentity.dev/v1alpha1")
              .withKind("IdentityBinding")
              .withName("binding-1")
              .withUid("uid-1")
              .build());

  /** The identity can be used, the account is there, nothing is known of Azure. */
  static Situation fresh() {
    return new Situation(
        false,
        wish(false, true),
        IdentityBindingStatus.EMPTY,
        usable(CREDENTIAL),
        Optional.of(new Account("account-1", Map.of(), false, false)),
        Set.of());
  }

  /** The credential is written and the account has its annotations. */
  static Situation bound() {
    return fresh().having(CREDENTIAL, State.ACTIVE).account(ANNOTATIONS, false, true);
  }

  static ServiceAccountSubject wish(boolean isCreated, boolean isAnnotated) {
    return new ServiceAccountSubject("orders-api", isCreated, isAnnotated);
  }

  static FederatedCredential credential(IdentityId identity, String name, String audience) {
    return new FederatedCredential(
        identity, name, "https://issuer", "system:serviceaccount:shop:orders-api", audience);
  }

  static Identity usable(FederatedCredential credential) {
    return new Identity.Usable(credential.identity(), "client-1", "tenant", credential);
  }

  static FederatedCredentialStatus entry(FederatedCredential credential, State state) {
    return BindingPlanner.entry(credential, state);
  }

  Situation deleting() {
    return new Situation(true, wish, status, identity, account, tried);
  }

  Situation wishing(boolean isCreated, boolean isAnnotated) {
    return new Situation(
        isDeleting, wish(isCreated, isAnnotated), status, identity, account, tried);
  }

  Situation knowing(IdentityBindingStatus now) {
    return new Situation(isDeleting, wish, now, identity, account, tried);
  }

  /** The status has an entry for a credential. */
  Situation having(FederatedCredential credential, State state) {
    return knowing(status.withCredential(entry(credential, state)));
  }

  Situation using(FederatedCredential credential) {
    return new Situation(isDeleting, wish, status, usable(credential), account, tried);
  }

  Situation absent(Problem problem) {
    return new Situation(isDeleting, wish, status, new Identity.Absent(problem), account, tried);
  }

  Situation forbidden(Problem problem) {
    return new Situation(isDeleting, wish, status, new Identity.Forbidden(problem), account, tried);
  }

  Situation noAccount() {
    return new Situation(isDeleting, wish, status, identity, Optional.empty(), tried);
  }

  Situation account(Map<String, String> annotations, boolean isOwned, boolean isAnnotated) {
    var there = new Account("account-1", annotations, isOwned, isAnnotated);
    return new Situation(isDeleting, wish, status, identity, Optional.of(there), tried);
  }

  Situation trying(FederatedCredential credential) {
    var key = BindingPlan.key(entry(credential, State.PENDING));
    return new Situation(isDeleting, wish, status, identity, account, Set.of(key));
  }

  BindingFacts facts() {
    return new BindingFacts(
        new Lifetime(3, isDeleting),
        new Subject(wish, TARGET, 3600),
        status,
        identity,
        account,
        tried);
  }

  BindingPlan plan() {
    return BindingPlanner.plan(facts());
  }
}
