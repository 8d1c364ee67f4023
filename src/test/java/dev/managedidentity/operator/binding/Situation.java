package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ServiceAccountSubject;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.binding.BindingFacts.Account;
import dev.managedidentity.operator.binding.BindingFacts.Bearer;
import dev.managedidentity.operator.binding.BindingFacts.ExistingAccount;
import dev.managedidentity.operator.binding.BindingFacts.Grants;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingFacts.Lifetime;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
import dev.managedidentity.operator.binding.BindingFacts.Trust;
import dev.managedidentity.operator.inventory.Census;
import dev.managedidentity.operator.inventory.CredentialCount;
import dev.managedidentity.operator.inventory.Sighting;
import dev.managedidentity.operator.issuer.IssuerReport;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.proof.Proof;
import dev.managedidentity.operator.proof.RoleProofs;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Facts for tests: those of a new binding of shop/orders-api, and what is different here. */
record Situation(
    boolean isDeleting,
    Account account,
    Trust trust,
    Optional<Sighting<FederatedCredential>> sighting,
    IdentityBindingStatus status,
    Identity identity,
    Set<String> tried) {

  /** Nothing is proven, and credentials of former issuers go at once. */
  static final CredentialRules UNPROVEN =
      new CredentialRules(false, Duration.ofHours(6), Duration.ZERO);

  /** Tokens of this issuer, of which nothing bad is known. */
  static TokenIssuers issuedBy(String issuer) {
    return new TokenIssuers(
        () -> issuer, List.of(), any -> new IssuerReport(any, Optional.empty()));
  }

  /** Whoever tries can sign in at once. */
  static SignIns signedIn() {
    return new SignIns(
        claim -> new Proof.Exchanged("https://issuer", Duration.ZERO, List.of()),
        new RoleProofs(_ -> {}),
        _ -> {});
  }

  /** Nobody is told of what others have, and everything is others'. */
  static CredentialCount counting() {
    return new CredentialCount(new Census(_ -> {}), _ -> false);
  }

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
    return new Situation(
        false,
        account(wish(false, true), Optional.of(existing(Map.of(), false, false))),
        trust(CREDENTIAL),
        Optional.empty(),
        IdentityBindingStatus.EMPTY,
        usable(ID, "client-1"),
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

  private static Account account(ServiceAccountSubject wish, Optional<ExistingAccount> existing) {
    return new Account(wish, TARGET, existing, Optional.empty());
  }

  private static ExistingAccount existing(
      Map<String, String> annotations, boolean isOwned, boolean isAnnotated) {
    return new ExistingAccount("account-1", annotations, isOwned, isAnnotated);
  }

  Situation deleting() {
    return new Situation(true, account, trust, sighting, status, identity, tried);
  }

  Situation wishing(boolean isCreated, boolean isAnnotated) {
    return with(account(wish(isCreated, isAnnotated), account.existing()));
  }

  Situation knowing(IdentityBindingStatus now) {
    return new Situation(isDeleting, account, trust, sighting, now, identity, tried);
  }

  /** The status has an entry for a credential. */
  Situation having(FederatedCredential credential, State state) {
    return knowing(status.withCredential(entry(credential, state)));
  }

  /** This is the credential that lets the subject in. */
  Situation using(FederatedCredential credential) {
    return new Situation(
        isDeleting,
        account,
        trust(credential),
        sighting,
        status,
        usable(credential.identity(), "client-1"),
        tried);
  }

  Situation seeing(Sighting<FederatedCredential> seen) {
    return new Situation(isDeleting, account, trust, Optional.of(seen), status, identity, tried);
  }

  Situation absent(Problem problem) {
    return with(new Identity.Absent(problem));
  }

  Situation forbidden(Problem problem) {
    return with(new Identity.Forbidden(problem));
  }

  Situation with(Identity other) {
    return new Situation(isDeleting, account, trust, sighting, status, other, tried);
  }

  Situation noAccount() {
    return with(account(account.wish(), Optional.empty()));
  }

  Situation account(Map<String, String> annotations, boolean isOwned, boolean isAnnotated) {
    return with(account(account.wish(), Optional.of(existing(annotations, isOwned, isAnnotated))));
  }

  Situation trying(FederatedCredential credential) {
    var key = BindingPlan.key(entry(credential, State.PENDING));
    return new Situation(isDeleting, account, trust, sighting, status, identity, Set.of(key));
  }

  Subject.Tokens subject() {
    var bearer =
        new Bearer(trust, Optional.of(account), sighting, Optional.empty(), Optional.empty());
    return new Subject.Tokens(List.of(bearer), List.of(), 3600, 20);
  }

  BindingFacts facts() {
    return new BindingFacts(
        new Lifetime(3, isDeleting),
        subject(),
        status,
        identity,
        Optional.empty(),
        Grants.NONE,
        UNPROVEN,
        tried);
  }

  BindingPlan plan() {
    return BindingPlanner.plan(facts(), NOW);
  }

  private Situation with(Account other) {
    return new Situation(isDeleting, other, trust, sighting, status, identity, tried);
  }
}
