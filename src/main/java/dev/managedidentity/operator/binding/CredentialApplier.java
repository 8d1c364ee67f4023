package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.binding.BindingPlan.Step;
import dev.managedidentity.operator.inventory.CredentialCount;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.proof.Claim;
import dev.managedidentity.operator.proof.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Carries out steps about federated credentials. */
final class CredentialApplier {
  /** The verb of an exchange that failed. */
  static final String VERIFY = "VerifyTokenExchange";

  private final AzureGateway azure;
  private final SignIns signIns;
  private final CredentialCount count;
  private final Operations operations;

  /** When credentials were written that are not proven yet, by resource id. */
  private final Map<String, Instant> writes = new ConcurrentHashMap<>();

  CredentialApplier(
      AzureGateway azure, SignIns signIns, CredentialCount count, Operations operations) {
    this.count = count;
    this.azure = azure;
    this.signIns = signIns;
    this.operations = operations;
  }

  Outcome<IdentityBindingStatus> apply(Step.OfCredential step, IdentityBindingStatus status) {
    return switch (step) {
      case Step.RememberCredential(var entry) ->
          new Outcome<>(status.withCredential(entry), List.of());
      case Step.DoubtCredential(var entry) ->
          new Outcome<>(status.withCredential(entry.in(State.PENDING)), List.of());
      case Step.KeepCredential(var entry) ->
          new Outcome<>(status.withCredential(entry.staying()), List.of());
      case Step.RetireCredential(var entry, var time) ->
          new Outcome<>(status.withCredential(entry.retiring(time)), List.of());
      case Step.ForgetCredential(var entry) ->
          new Outcome<>(status.withoutCredential(entry), List.of());
      case Step.WriteCredential write -> write(write, status);
      case Step.ProveCredential(var entry, var claim) -> prove(entry, claim, status);
      case Step.DeleteCredential delete -> delete(delete, status);
    };
  }

  private Outcome<IdentityBindingStatus> write(
      Step.WriteCredential step, IdentityBindingStatus status) {
    var answer = azure.writeCredential(step.credential());
    if (answer instanceof Answer.Failed<Void>(var problem, var _)) {
      if (problem.reason() == Reason.SUBJECT_ALREADY_BOUND) {
        return occupied(step, status, answer);
      }
      if (problem.reason() == Reason.CREDENTIAL_QUOTA_EXCEEDED) {
        return withoutRoom(step, status, answer);
      }
      if (problem.reason() == Reason.FEDERATION_NOT_SUPPORTED) {
        return unsupported(step, status, answer);
      }
    }
    var state =
        switch (answer) {
          case Answer.Done<Void> _ -> {
            writes.put(step.credential().id(), operations.now());
            yield State.ACTIVE;
          }
          case Answer.Failed<Void> failed ->
              step.isFirstTry() && failed.problem().isDefinite() ? State.REFUSED : State.PENDING;
        };
    return tried(
        step, status, state, operations.of("WriteCredential", step.credential().id(), answer));
  }

  /** Others have more than was known. Whatever was tried before, the list shows what came of it. */
  private Outcome<IdentityBindingStatus> withoutRoom(
      Step.WriteCredential step, IdentityBindingStatus status, Answer<@Nullable Void> refusal) {
    var wanted = step.credential();
    var isKnownToLack = false;
    if (azure.listCredentials(wanted.identity())
        instanceof Answer.Done<List<FederatedCredential>>(var listed, var _)) {
      count.countFull(wanted.identity().toString(), listed);
      isKnownToLack = listed.stream().noneMatch(one -> one.id().equalsIgnoreCase(wanted.id()));
    }
    var state = isKnownToLack || step.isFirstTry() ? State.REFUSED : State.PENDING;
    return tried(step, status, state, operations.of("WriteCredential", wanted.id(), refusal));
  }

  /** Azure does not say in which region the identity is. */
  private Outcome<IdentityBindingStatus> unsupported(
      Step.WriteCredential step, IdentityBindingStatus status, Answer<@Nullable Void> refusal) {
    var wanted = step.credential();
    var found =
        azure.findIdentity(wanted.identity()) instanceof Answer.Done<Optional<AzureIdentity>> done
            ? done.value()
            : Optional.<AzureIdentity>empty();
    var problem =
        found
            .<Problem>map(
                identity ->
                    new Problem.Rejected(
                        Reason.FEDERATION_NOT_SUPPORTED,
                        "Azure has no federated credentials in %s, the region of identity %s."
                            .formatted(identity.location(), identity.id().name())))
            .orElse(((Answer.Failed<?>) refusal).problem());
    return refused(step, status, refusal, problem);
  }

  private Outcome<IdentityBindingStatus> refused(
      Step.WriteCredential step,
      IdentityBindingStatus status,
      Answer<@Nullable Void> refusal,
      Problem problem) {
    var state = step.isFirstTry() ? State.REFUSED : State.PENDING;
    return tried(
        step,
        status,
        state,
        operations.of("WriteCredential", step.credential().id(), refusal, problem));
  }

  private static Outcome<IdentityBindingStatus> tried(
      Step.WriteCredential step, IdentityBindingStatus status, State state, Operation operation) {
    return new Outcome<>(
        status.withCredential(CredentialPlanner.entry(step.credential(), step.clientId(), state)),
        List.of(operation));
  }

  /**
   * Somebody else made a credential for the same issuer and subject. One with the same audience
   * lets the same tokens in: it is used as it is, and stays theirs.
   */
  private Outcome<IdentityBindingStatus> occupied(
      Step.WriteCredential step, IdentityBindingStatus status, Answer<@Nullable Void> refusal) {
    var wanted = step.credential();
    var found =
        list(wanted.identity()).stream()
            .filter(wanted::isSameLogin)
            .filter(one -> !count.isOurs(one)) // another binding's, which has it first
            .findFirst();
    var entry = CredentialPlanner.entry(wanted, step.clientId(), State.PENDING);
    if (found.filter(one -> one.audience().equals(wanted.audience())).isPresent()) {
      var foreign = CredentialPlanner.entry(found.get(), step.clientId(), State.FOREIGN);
      return new Outcome<>(
          status.withoutCredential(entry).withCredential(foreign),
          List.of(operations.of("UseCredential", found.get().id(), refusal, null)));
    }
    var problem =
        found
            .<Problem>map(
                one ->
                    new Problem.Blocked(
                        Reason.SUBJECT_ALREADY_BOUND,
                        "Credential %s of the identity is for the same issuer and subject, but for audience %s."
                            .formatted(one.name(), one.audience())))
            .orElse(((Answer.Failed<?>) refusal).problem());
    return refused(step, status, refusal, problem);
  }

  /** All credentials of an identity, and those of others counted; none when Azure does not say. */
  private List<FederatedCredential> list(IdentityId identity) {
    return switch (azure.listCredentials(identity)) {
      case Answer.Failed<List<FederatedCredential>> _ -> List.of();
      case Answer.Done<List<FederatedCredential>> done -> {
        count.count(identity.toString(), done.value());
        yield done.value();
      }
    };
  }

  /** Of what is there by now: it may have been written a moment ago. */
  private Outcome<IdentityBindingStatus> prove(
      FederatedCredentialStatus entry, Claim claim, IdentityBindingStatus status) {
    var target = FederatedCredential.id(IdentityId.parse(entry.identity()), entry.name());
    return switch (signIns.prove(claim)) {
      case Proof.NotExchanged(var problem) ->
          new Outcome<>(status, List.of(operations.of(VERIFY, target, problem)));
      case Proof.Exchanged(var issuer, var _, var _) when !issuer.equals(entry.issuer()) ->
          new Outcome<>(status, List.of(operations.of(VERIFY, target, ofAnother(issuer, entry))));
      case Proof.Exchanged proof -> {
        var written = writes.remove(target);
        if (written != null) {
          signIns.delays().accept(Duration.between(written, operations.now()));
        }
        signIns.roles().report(entry.identity(), proof, operations.now());
        yield new Outcome<>(
            status.federatedCredentials().stream()
                .filter(entry::isSameLogin)
                .findFirst()
                .map(one -> status.withCredential(one.verified(operations.now(), proof.took())))
                .orElse(status),
            List.of());
      }
    };
  }

  /** While the API servers change their issuer, each may still have its own. */
  private static Problem ofAnother(String issuer, FederatedCredentialStatus entry) {
    return new Problem.Waiting(
        Reason.TOKEN_EXCHANGE_PENDING,
        "The API server gives out tokens of issuer %s, not of %s."
            .formatted(issuer, entry.issuer()));
  }

  private static String replaced(FederatedCredentialStatus entry) {
    return ("The identity has no room for a second credential: tokens of issuer %s are refused"
            + " from now on, those of its successor accepted within moments.")
        .formatted(entry.issuer());
  }

  private Outcome<IdentityBindingStatus> delete(
      Step.DeleteCredential step, IdentityBindingStatus status) {
    var entry = step.entry();
    writes.remove(FederatedCredential.id(IdentityId.parse(entry.identity()), entry.name()));
    var answer = azure.deleteCredential(IdentityId.parse(entry.identity()), entry.name());
    var id = entry.identity() + "/federatedIdentityCredentials/" + entry.name();
    return new Outcome<>(
        answer instanceof Answer.Done ? status.withoutCredential(entry) : status,
        List.of(
            operations
                .of("DeleteCredential", id, answer)
                .leadingTo(step.isMakingRoom() ? replaced(entry) : "")));
  }
}
