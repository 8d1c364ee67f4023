package dev.managedidentity.operator.plan;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Every reason that a condition can carry: the one table of what can be, what it means, what to do
 * about it and when the operator looks again. The words are stable for ever; docs/reference has the
 * table, generated from here.
 */
public enum Reason {
  PROVISIONED(Retry.ON_CHANGE, "The identity and its role assignments are as the spec asks.", ""),
  BOUND(Retry.ON_CHANGE, "The subject can sign in as the identity.", ""),
  OBSERVED(
      Retry.SLOWLY, "The identity is only looked at; status.plan says what would be done.", ""),
  PAUSED(
      Retry.ON_CHANGE,
      "Work on the resource is stopped by its annotation.",
      "Remove the annotation managedidentity.dev/paused to let it go on."),
  SERVICE_ACCOUNT_EXCLUSIVE(
      Retry.ON_CHANGE, "No other workload runs as the owner's service account.", ""),
  SERVICE_ACCOUNT_SHARED(
      Retry.ON_CHANGE,
      "Other workloads run as the owner's service account, and so can use its identity.",
      "Give the owner a service account of its own."),
  PROGRESSING(Retry.ON_CHANGE, "Work on the newest spec is under way.", ""),
  DELETING(Retry.ON_CHANGE, "The resource is being deleted and so are its Azure objects.", ""),

  IDENTITY_NOT_FOUND(
      Retry.ON_CHANGE,
      "The ManagedIdentity that identityRef names does not exist.",
      "Create it, or correct identityRef."),
  IDENTITY_NOT_READY(
      Retry.ON_CHANGE,
      "The ManagedIdentity has no client id yet.",
      "Look at the ManagedIdentity's conditions."),
  SERVICE_ACCOUNT_NOT_FOUND(
      Retry.ON_CHANGE,
      "The service account does not exist.",
      "Create it, or set subject.serviceAccount.create: true."),
  WORKLOAD_NOT_FOUND(
      Retry.SLOWLY,
      "The workload that owns the identity does not exist.",
      "Create it, or delete the ManagedIdentity."),
  OPERATION_IN_PROGRESS(
      Retry.WITH_BACKOFF,
      "Azure is still at work on the resource.",
      "Wait; the operator asks again by itself."),
  IN_USE(
      Retry.SLOWLY,
      "The identity is being deleted but IdentityBindings still use it.",
      "Delete the bindings that the message names."),
  PRINCIPAL_NOT_VISIBLE(
      Retry.WITH_BACKOFF,
      "Azure does not see the new identity everywhere yet.",
      "Wait; the operator tries again by itself."),

  TOKEN_EXCHANGE_VERIFIED(
      Retry.ON_CHANGE, "A token of the subject was exchanged for one of the identity.", ""),
  TOKEN_EXCHANGE_PENDING(
      Retry.PROMPTLY,
      "Microsoft Entra ID does not accept tokens of the subject yet.",
      "Wait; the operator tries again by itself. If it lasts, compare the identity's federated"
          + " credential in Azure with the message."),
  TOKEN_AUDIENCE_REFUSED(
      Retry.PROMPTLY,
      "Microsoft Entra ID does not accept the token's audience yet.",
      "Wait; if it lasts, spec.audience is not that of the identity's federated credential in"
          + " Azure, or not one of this cloud."),
  TOKEN_SIGNATURE_REFUSED(
      Retry.PROMPTLY,
      "Microsoft Entra ID does not find the key that signed the token among those that the issuer"
          + " publishes.",
      "Wait; if it lasts, publish the keys that `kubectl get --raw /openid/v1/jwks` shows."),
  ENTRA_CANNOT_REACH_ISSUER(
      Retry.PROMPTLY,
      "Microsoft Entra ID cannot fetch the issuer's discovery document or keys.",
      "Check that both can be fetched from the Internet."),
  SUBJECT_CASE_DIFFERS(
      Retry.SLOWLY,
      "The subject of the identity's federated credential differs in upper and lower case.",
      "Delete that credential in Azure, or write its subject as the message shows it."),
  CLOCKS_DIFFER(
      Retry.SLOWLY,
      "For Microsoft Entra ID the token is not valid yet or not any more.",
      "Set the clock of the Kubernetes API server's machines."),
  TENANT_NOT_FOUND(
      Retry.SLOWLY,
      "Microsoft Entra ID does not know the identity's tenant.",
      "Check azure.cloud in the operator's configuration."),
  TOKEN_EXCHANGE_REFUSED(
      Retry.SLOWLY,
      "Microsoft Entra ID refused to exchange the token.",
      "Look up the AADSTS code of the message at https://login.microsoftonline.com/error."),
  ROLES_EFFECTIVE(
      Retry.ON_CHANGE, "The identity may do all that its role assignments ask for.", ""),
  ROLES_PENDING(
      Retry.PROMPTLY,
      "Azure does not allow the identity yet all that its role assignments ask for.",
      "Wait; Azure takes up to ten minutes. If it lasts, look for deny assignments at the scope."),
  VERIFICATION_DISABLED(
      Retry.ON_CHANGE,
      "Nothing was tried: federation.verification.enabled is false in the operator's"
          + " configuration.",
      ""),
  NOT_APPLICABLE(
      Retry.ON_CHANGE, "It cannot be tried: the operator gets no token of such a subject.", ""),

  THROTTLED(
      Retry.AS_TOLD, "Azure asked the operator to slow down.", "Wait; the operator does as told."),
  CONTENDED(
      Retry.WITH_BACKOFF,
      "Somebody else wrote to the same object at the same moment.",
      "Wait; the operator tries again by itself."),
  UNREACHABLE(
      Retry.WITH_BACKOFF,
      "Azure or the Kubernetes API server could not be reached or failed.",
      "Wait; if it lasts, check the network and Azure's status."),

  INVALID_REQUEST(
      Retry.ON_CHANGE,
      "Azure refused the request as invalid.",
      "Correct the spec as the message says."),
  DISALLOWED_BY_POLICY(
      Retry.SLOWLY,
      "An Azure Policy forbids what the spec asks for.",
      "Change the spec as the policy asks, or ask its owner for an exemption."),
  SUBSCRIPTION_NOT_USABLE(
      Retry.SLOWLY,
      "The subscription is disabled, read-only or not registered for managed identities.",
      "Enable it; `az provider register --namespace Microsoft.ManagedIdentity` registers it."),
  CONFIGURATION_INCOMPLETE(
      Retry.ON_CHANGE,
      "The spec leaves out a field for which the operator's configuration has no default.",
      "Set the field that the message names, or ask for a default in the configuration."),
  RESOURCE_GROUP_NOT_FOUND(
      Retry.SLOWLY,
      "The resource group or subscription does not exist.",
      "Create it, or use another: the operator never creates resource groups."),
  ROLE_NOT_FOUND(
      Retry.SLOWLY,
      "No role definition has this name or id at the scope.",
      "Correct the role; `az role definition list --name NAME` shows what exists."),
  SCOPE_NOT_FOUND(
      Retry.SLOWLY,
      "The scope of a role assignment does not exist.",
      "Create the resource or correct the scope."),
  AUTHORIZATION_FAILED(
      Retry.SLOWLY,
      "The operator's own Azure identity lacks a right.",
      "Grant it the action that the message names at that scope."),
  SIGN_IN_FAILED(
      Retry.SLOWLY,
      "The operator cannot sign in to Azure.",
      "Check the operator's own Azure credential and tenant."),
  AZURE_RESOURCE_NOT_FOUND(
      Retry.SLOWLY,
      "The Azure resource does not exist: it was never made, was deleted, or was moved.",
      "Create it, move it back, or correct or delete this resource."),
  IDENTITY_NOT_SUPPORTED(
      Retry.SLOWLY,
      "Azure resources of this type cannot have a managed identity.",
      "Use the id of a resource that can, such as a virtual machine or a web app."),
  FEDERATION_NOT_SUPPORTED(
      Retry.SLOWLY,
      "The identity's region has no federated credentials.",
      "Bind a ManagedIdentity with another spec.azure.location: not every region has them."),
  WORKLOAD_WITHOUT_POD_TEMPLATE(
      Retry.SLOWLY,
      "The owner has no pod template, so no service account to bind.",
      "Name a Deployment, a StatefulSet, or another kind with a pod template."),
  SYSTEM_ASSIGNED_NOT_SHAREABLE(
      Retry.ON_CHANGE,
      "The identity is system-assigned: only its owner can use it.",
      "Use a ManagedIdentity of type UserAssigned."),
  SHARD_NOT_BINDABLE(
      Retry.ON_CHANGE,
      "The ManagedIdentity that identityRef names is a shard, which the operator fills by itself.",
      "Set identityRef to the ManagedIdentity that it extends."),
  IDENTITY_ONLY_OBSERVED(
      Retry.ON_CHANGE,
      "The ManagedIdentity has the policy Observe, so nothing is written to it.",
      "Set its managementPolicy to Manage or Adopt."),
  OWNED_BY_ANOTHER(
      Retry.SLOWLY,
      "An identity of that name exists and belongs to somebody else.",
      "Choose another azure.name, delete that identity, or take it over with managementPolicy"
          + " Adopt."),
  NAMESPACE_NOT_ALLOWED(
      Retry.ON_CHANGE,
      "The identity does not allow bindings from this namespace.",
      "Ask its owner to extend spec.allowedNamespaces."),
  GUARDRAIL(
      Retry.ON_CHANGE,
      "The platform team's guardrails do not allow this namespace what the spec asks for.",
      "Change the spec, or ask the platform team to extend guardrails.rules in the operator's"
          + " configuration."),
  SERVICE_ACCOUNT_CONFLICT(
      Retry.SLOWLY,
      "Somebody else set the annotations of the service account.",
      "Remove them there, or set subject.serviceAccount.annotate: false."),
  BINDING_CONFLICT(
      Retry.SLOWLY,
      "An IdentityBinding of the system-assigned identity's name exists and is somebody else's.",
      "Delete that binding, or create it under another name."),
  IDENTITY_NAME_TAKEN(
      Retry.SLOWLY,
      "A ManagedIdentity of the name that an annotated workload or a shard needs exists and is for"
          + " something else.",
      "Create that one under another name, or remove the annotation from the workload."),
  KUBERNETES_FORBIDDEN(
      Retry.SLOWLY,
      "The Kubernetes API server refused the operator what it asked for.",
      "Check the operator's role, admission policies, and whether the namespace is terminating."),
  SUBJECT_ALREADY_BOUND(
      Retry.SLOWLY,
      "The identity already has a credential for this issuer and subject.",
      "Delete the other binding or credential."),
  ISSUER_INVALID(
      Retry.ON_CHANGE,
      "The issuer is not one that Microsoft Entra ID accepts: an https URL of at most 600"
          + " characters.",
      "Give the cluster an issuer that is one: docs/operations/issuer.md says how."),
  ISSUER_NOT_PUBLIC(
      Retry.ON_CHANGE,
      "The issuer's host is known only inside the cluster or its network, so Microsoft Entra ID"
          + " can never fetch its keys.",
      "Publish the issuer's documents under a public name: docs/operations/issuer.md says how."),
  ISSUER_NOT_REACHABLE(
      Retry.WITH_BACKOFF,
      "The operator cannot fetch the issuer's discovery document or keys. Microsoft Entra ID,"
          + " which asks from the Internet, may be able to.",
      "Check that both answer from the Internet and that the operator may go there:"
          + " docs/operations/issuer.md says how."),
  ISSUER_DIFFERS(
      Retry.WITH_BACKOFF,
      "The discovery document at the issuer's address names another issuer, or leads to no keys.",
      "Correct the published document or the issuer, letter by letter:"
          + " docs/operations/issuer.md says how."),
  ISSUER_KEYS_DIFFER(
      Retry.WITH_BACKOFF,
      "The keys that the issuer publishes are not those with which this cluster signs tokens.",
      "Publish the keys that `kubectl get --raw /openid/v1/jwks` shows:"
          + " docs/operations/issuer.md says how."),
  CREDENTIAL_QUOTA_EXCEEDED(
      Retry.SLOWLY,
      "The identity has 20 federated credentials, all that Azure allows.",
      "Set spec.federation.overflow of the ManagedIdentity to Shard, remove a binding of it, or use"
          + " a further ManagedIdentity. All credentials of one binding are on one identity: split"
          + " a selector that means more service accounts."),
  ROLE_ASSIGNMENT_QUOTA_EXCEEDED(
      Retry.SLOWLY,
      "The subscription has all the role assignments that Azure allows.",
      "Remove assignments that nobody needs, or grant at a higher scope."),
  LOCKED(
      Retry.SLOWLY,
      "A management lock in Azure forbids the change.",
      "Remove the lock that the message names."),
  IMMUTABLE_CONFLICT(
      Retry.SLOWLY,
      "An Azure object of that name exists with another value that Azure cannot change.",
      "Delete that object or choose another name."),
  INTERNAL_ERROR(
      Retry.WITH_BACKOFF,
      "The operator met something it does not know.",
      "Report it with the operator's log of that moment.");

  private final Retry retry;
  private final String meaning;
  private final String advice;

  Reason(Retry retry, String meaning, String advice) {
    this.retry = retry;
    this.meaning = meaning;
    this.advice = advice;
  }

  /** When the operator looks again. */
  public Retry retry() {
    return retry;
  }

  /** What the reason means, as a sentence. */
  public String meaning() {
    return meaning;
  }

  /** What a person can do, as a sentence; empty when nothing is to be done. */
  public String advice() {
    return advice;
  }

  /** The stable word that conditions and Events carry, such as {@code InUse}. */
  public String word() {
    return Arrays.stream(name().split("_", -1))
        .map(part -> part.charAt(0) + part.substring(1).toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.joining());
  }
}
