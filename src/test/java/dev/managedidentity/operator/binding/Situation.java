package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ServiceAccountSubject;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.binding.BindingFacts.ExistingAccount;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingFacts.Lifetime;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
import dev.managedidentity.operator.binding.BindingFacts.Trust;
import dev.managedidentity.operator.inventory.Sighting;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.plan.Problem;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Facts for tests: those of a new binding of shop/orders-api, and what is different here. */
record Situation(
    boolean isDeleting,
    Subject.Account subject,
    IdentityBindingStatus status,
    Identity identity,
    Set<String> tried) {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
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
    var subject =
        new Subject.Account(
            wish(false, true),
            TARGET,
            3600,
            trust(CREDENTIAL),
            Optional.of(new ExistingAccount("account-1", Map.of(), false, false)),
            Optional.empty());
    return new Situation(
        false, subject, IdentityBindingStatus.EMPTY, usable(ID, "client-1"), Set.of());
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

  static Identity.Usable usable(IdentityId id, String clientId) {
    return new Identity.Usable(id, clientId, "tenant");
  }

  static FederatedCredentialStatus entry(FederatedCredential credential, State state) {
    return CredentialPlanner.entry(credential, "client-1", state);
  }

  private static Trust trust(FederatedCredential credential) {
    return new Trust(
        credential.name(), credential.issuer(), credential.subject(), credential.audience());
  }

  Situation deleting() {
    return new Situation(true, subject, status, identity, tried);
  }

  Situation wishing(boolean isCreated, boolean isAnnotated) {
    return with(
        new Subject.Account(
            wish(isCreated, isAnnotated),
            TARGET,
            3600,
            subject.trust(),
            subject.existing(),
            subject.sighting()));
  }

  Situation knowing(IdentityBindingStatus now) {
    return new Situation(isDeleting, subject, now, identity, tried);
  }

  /** The status has an entry for a credential. */
  Situation having(FederatedCredential credential, State state) {
    return knowing(status.withCredential(entry(credential, state)));
  }

  /** This is the credential that lets the subject in. */
  Situation using(FederatedCredential credential) {
    return with(new Subject.Account(
            subject.wish(),
            TARGET,
            3600,
            trust(credential),
            subject.existing(),
            subject.sighting()))
        .with(usable(credential.identity(), "client-1"));
  }

  Situation seeing(Sighting<FederatedCredential> sighting) {
    return with(
        new Subject.Account(
            subject.wish(),
            TARGET,
            3600,
            subject.trust(),
            subject.existing(),
            Optional.of(sighting)));
  }

  Situation absent(Problem problem) {
    return with(new Identity.Absent(problem));
  }

  Situation forbidden(Problem problem) {
    return with(new Identity.Forbidden(problem));
  }

  Situation with(Identity other) {
    return new Situation(isDeleting, subject, status, other, tried);
  }

  Situation noAccount() {
    return account(Optional.empty());
  }

  Situation account(Map<String, String> annotations, boolean isOwned, boolean isAnnotated) {
    return account(
        Optional.of(new ExistingAccount("account-1", annotations, isOwned, isAnnotated)));
  }

  Situation trying(FederatedCredential credential) {
    var key = BindingPlan.key(entry(credential, State.PENDING));
    return new Situation(isDeleting, subject, status, identity, Set.of(key));
  }

  BindingFacts facts() {
    return new BindingFacts(new Lifetime(3, isDeleting), subject, status, identity, tried);
  }

  BindingPlan plan() {
    return BindingPlanner.plan(facts(), NOW);
  }

  private Situation account(Optional<ExistingAccount> existing) {
    return with(
        new Subject.Account(
            subject.wish(), TARGET, 3600, subject.trust(), existing, subject.sighting()));
  }

  private Situation with(Subject.Account other) {
    return new Situation(isDeleting, other, status, identity, tried);
  }
}
