package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ServiceAccountSubject;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.inventory.Sighting;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Urgency;
import dev.managedidentity.operator.proof.Claim;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a plan for one IdentityBinding may depend on, read once.
 *
 * @param subject who signs in, as it stands
 * @param status what is known of Azure: all that may exist there is named here
 * @param identity whom the subject is to sign in as, or why it cannot
 * @param placement name of the ManagedIdentity that has a place for the binding's credentials
 * @param grants the identity's roles that are not known to be in force
 * @param rules how credentials are proven and retired
 * @param tried what was first named in this very pass: a definite refusal of it leaves nothing
 */
record BindingFacts(
    Lifetime lifetime,
    Subject subject,
    IdentityBindingStatus status,
    Identity identity,
    Optional<String> placement,
    Grants grants,
    CredentialRules rules,
    Set<String> tried) {

  BindingFacts {
    tried = Set.copyOf(tried);
  }

  /** Whether the resource lives. */
  record Lifetime(long generation, boolean isDeleting) {}

  /**
   * The identity's roles.
   *
   * @param open those that are not known to be in force
   * @param made all that there are
   * @param awaited names of all roles that are not known to be in force
   * @param isAsking whether this binding is the one that finds out
   */
  record Grants(
      List<Claim.Grant> open, List<Claim.Grant> made, List<String> awaited, boolean isAsking) {
    static final Grants NONE = new Grants(List.of(), List.of(), List.of(), false);

    Grants {
      open = List.copyOf(open);
      made = List.copyOf(made);
      awaited = List.copyOf(awaited);
    }
  }

  /** Who signs in. */
  sealed interface Subject {
    /**
     * Whoever shows tokens of an issuer.
     *
     * @param bearers each with a credential of its own, in the order in which they get it
     * @param left service accounts that were meant before: what the binding set on them goes
     * @param expirationSeconds lifetime of the tokens that pods get
     * @param room how many credentials of the binding the identity has room for
     */
    record Tokens(List<Bearer> bearers, List<Account> left, int expirationSeconds, int room)
        implements Subject {
      public Tokens {
        bearers = List.copyOf(bearers);
        left = List.copyOf(left);
      }

      /** Whether the tokens that this one shows are those of an announced or a former issuer. */
      boolean isSpare(Bearer bearer) {
        return bearer.account().isEmpty()
            && bearers.stream().anyMatch(other -> other.account().isPresent());
      }
    }

    /**
     * What runs on an Azure resource.
     *
     * @param sighting what the inventory saw of the resource, where that is not as it should be
     */
    record Resource(String id, Look look, Optional<Sighting<AzureResource>> sighting)
        implements Subject {}
  }

  /**
   * One who shows tokens of one issuer.
   *
   * @param account whose pods show them; empty for somebody outside of the cluster, and for further
   *     issuers of a service account
   * @param sighting what the inventory saw of the credential, where that is not as it should be
   * @param obstacle why no credential is written for it
   * @param doubt why the credential may be of no use, as long as it is not proven
   */
  record Bearer(
      Trust trust,
      Optional<Account> account,
      Optional<Sighting<FederatedCredential>> sighting,
      Optional<Problem> obstacle,
      Optional<Problem> doubt) {
    Bearer with(Optional<Sighting<FederatedCredential>> now) {
      return new Bearer(trust, account, now, obstacle, doubt);
    }

    Bearer behind(Problem another) {
      return new Bearer(trust, account, sighting, Optional.of(another), doubt);
    }
  }

  /**
   * A service account that is meant.
   *
   * @param existing the service account as it stands; empty when it does not exist
   * @param publication where its pods find client ids; empty when nobody looks there
   */
  record Account(
      ServiceAccountSubject wish,
      AccountAnnotations.Target target,
      Optional<ExistingAccount> existing,
      Optional<Publication> publication) {}

  /**
   * Where pods of a service account find client ids.
   *
   * @param map name of the ConfigMap
   * @param uid of the ConfigMap, if it exists
   * @param identity as pods name it
   * @param entries what the binding has published
   */
  record Publication(
      String map, Optional<String> uid, String identity, Map<String, String> entries) {
    Publication {
      entries = Map.copyOf(entries);
    }
  }

  /** What a federated credential of the subject says, on whatever identity. */
  record Trust(String name, String issuer, String subject, String audience) {
    FederatedCredential on(IdentityId identity) {
      return new FederatedCredential(identity, name, issuer, subject, audience);
    }
  }

  /**
   * The service account as it stands.
   *
   * @param isOwnedByUs whether this binding created it, so that it goes with the binding
   * @param isAnnotatedByUs whether this binding set annotations on it
   */
  record ExistingAccount(
      String uid, Map<String, String> annotations, boolean isOwnedByUs, boolean isAnnotatedByUs) {
    ExistingAccount {
      annotations = Map.copyOf(annotations);
    }
  }

  /** What Azure said about the resource and the identity just now. */
  sealed interface Look {
    /** It was not asked: what the status says can be relied on. */
    record NotAsked() implements Look {}

    /** There is no such resource. */
    record Missing() implements Look {}

    /** The resource does not have the identity. */
    record Bare() implements Look {}

    /** The resource has the identity. */
    record Assigned() implements Look {}

    /** Azure did not say. */
    record Unknown(Problem problem) implements Look {}
  }

  /** Whom the subject is to sign in as. */
  sealed interface Identity {
    /** An identity that is there. */
    record Usable(IdentityId id, String clientId, String tenantId) implements Identity {}

    /** One that is there, and to which nothing new is written. */
    record Frozen(Usable usable, Problem problem) implements Identity {}

    /** Not there yet, or going: what was written stays. */
    record Absent(Problem problem) implements Identity {}

    /**
     * Another binding of the subject has it and is about to let go of it: what was written stays.
     *
     * @param awaited resource ids of the identities that other bindings wait for this one to let go
     *     of: who waited for each other in a circle would wait for ever
     */
    record Taken(Problem problem, Set<String> awaited) implements Identity {
      public Taken {
        awaited = Set.copyOf(awaited);
      }
    }

    /** It must not be used: what was written goes. */
    record Forbidden(Problem problem) implements Identity {}
  }

  /** How urgent it is to act on these findings. */
  Urgency urgency(List<Finding> findings) {
    return Urgency.of(findings, status.observedGeneration(), lifetime.generation());
  }

  /** The same facts after a part of the plan was carried out: what was seen is dealt with. */
  BindingFacts after(IdentityBindingStatus now, Set<String> triedNow) {
    var all = new HashSet<>(tried);
    all.addAll(triedNow);
    var unseen =
        switch (subject) {
          case Subject.Tokens one ->
              new Subject.Tokens(
                  one.bearers().stream().map(bearer -> bearer.with(Optional.empty())).toList(),
                  one.left(),
                  one.expirationSeconds(),
                  one.room());
          case Subject.Resource one -> new Subject.Resource(one.id(), one.look(), Optional.empty());
        };
    return new BindingFacts(lifetime, unseen, now, identity, placement, grants, rules, all);
  }
}
