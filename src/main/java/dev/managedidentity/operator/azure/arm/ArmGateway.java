package dev.managedidentity.operator.azure.arm;

import com.azure.core.http.HttpPipeline;
import com.azure.resourcemanager.authorization.models.PrincipalType;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import com.azure.resourcemanager.authorization.models.RoleDefinitionListResult;
import com.azure.resourcemanager.msi.fluent.models.FederatedIdentityCredentialInner;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityChange;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Permission;
import dev.managedidentity.operator.azure.Progress;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.azure.arm.ArmReply.Answered;
import dev.managedidentity.operator.azure.budget.Budgets;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The port, spoken to Azure Resource Manager; every request is sent once. */
public final class ArmGateway implements AzureGateway {
  /** The first stable version with an isolation scope. */
  static final String IDENTITY_VERSION = "2024-11-30";

  static final String AUTHORIZATION_VERSION = "2022-04-01";
  private static final String CONDITION_VERSION = "2.0";
  private static final String ROLE_DEFINITIONS =
      "/providers/Microsoft.Authorization/roleDefinitions";

  private static final Set<String> IMPOSSIBLE_SCOPE =
      Set.of(
          "BadRequestFormat",
          "InvalidResourceName",
          "InvalidResourceNamespace",
          "InvalidResourceType",
          "InvalidScope",
          "InvalidSubscriptionId",
          "MissingSubscription");

  private final ArmCalls calls;
  private final ArmLists lists;
  private final ArmResources resources;
  private final RoleCache roles;

  /** A gateway that sends through a pipeline which signs in and never retries. */
  ArmGateway(HttpPipeline pipeline, String endpoint, InstantSource clock, Budgets budgets) {
    var classifier = new ProblemClassifier(clock);
    var links = new ArmEndpoint(endpoint);
    this.calls = new ArmCalls(new ArmChannel(pipeline, endpoint, budgets, clock), classifier);
    this.lists = new ArmLists(calls, links);
    this.resources = new ArmResources(calls, new ApiVersions(calls, clock), links, classifier);
    this.roles = new RoleCache(clock);
  }

  @Override
  public Answer<Optional<AzureIdentity>> findIdentity(IdentityId id) {
    return calls.send(
        ArmRequest.get(Call.FIND_IDENTITY, id.toString(), IDENTITY_VERSION),
        reply -> reply.isSuccess() || isWithoutIdentity(reply),
        reply -> reply.isSuccess() ? Optional.of(identity(id, reply)) : Optional.empty());
  }

  @Override
  public Answer<AzureIdentity> writeIdentity(IdentityDefinition definition) {
    var id = definition.id();
    return calls.send(
        ArmRequest.put(
            Call.WRITE_IDENTITY, id.toString(), IDENTITY_VERSION, new IdentityBody(definition)),
        Answered::isSuccess,
        reply -> identity(id, reply));
  }

  @Override
  public Answer<@Nullable Void> deleteIdentity(IdentityId id) {
    return delete(Call.DELETE_IDENTITY, id.toString(), IDENTITY_VERSION);
  }

  @Override
  public Answer<@Nullable Void> writeCredential(FederatedCredential credential) {
    var body =
        new FederatedIdentityCredentialInner()
            .withIssuer(credential.issuer())
            .withSubject(credential.subject())
            .withAudiences(List.of(credential.audience()));
    return calls.send(
        ArmRequest.put(Call.WRITE_CREDENTIAL, credential.id(), IDENTITY_VERSION, body),
        Answered::isSuccess,
        _ -> null);
  }

  @Override
  public Answer<@Nullable Void> deleteCredential(IdentityId identity, String name) {
    return delete(
        Call.DELETE_CREDENTIAL,
        identity + "/federatedIdentityCredentials/" + name,
        IDENTITY_VERSION);
  }

  @Override
  public Answer<String> findRole(String scope, String roleName) {
    return roles.find(scope, roleName, () -> lookUp(scope, roleName));
  }

  @Override
  public Answer<List<Permission>> findRolePermissions(String roleDefinitionId) {
    return roles.permissions(
        roleDefinitionId,
        () ->
            calls.send(
                ArmRequest.get(Call.FIND_ROLE_PERMISSIONS, roleDefinitionId, AUTHORIZATION_VERSION),
                Answered::isSuccess,
                reply -> Readings.role(reply.object())));
  }

  @Override
  public Answer<Grant> writeRoleAssignment(RoleAssignment assignment) {
    var body =
        new RoleAssignmentCreateParameters()
            .withRoleDefinitionId(assignment.roleDefinitionId())
            .withPrincipalId(assignment.principalId())
            .withPrincipalType(PrincipalType.SERVICE_PRINCIPAL)
            .withDescription(assignment.description());
    if (assignment.condition() != null) {
      body.withCondition(assignment.condition()).withConditionVersion(CONDITION_VERSION);
    }
    return calls.send(
        ArmRequest.put(Call.WRITE_ROLE_ASSIGNMENT, assignment.id(), AUTHORIZATION_VERSION, body),
        reply -> reply.isSuccess() || isGranted(reply),
        reply -> reply.isSuccess() || isNamed(assignment, reply) ? Grant.OURS : Grant.FOREIGN);
  }

  @Override
  public Answer<@Nullable Void> deleteRoleAssignment(String id) {
    return calls.send(
        ArmRequest.delete(Call.DELETE_ROLE_ASSIGNMENT, id, AUTHORIZATION_VERSION),
        reply -> isDeleted(reply) || isNowhere(reply),
        _ -> null);
  }

  @Override
  public Answer<Optional<AzureResource>> findResource(String id) {
    return resources.find(id);
  }

  @Override
  public Answer<Progress> changeResource(String id, IdentityChange change) {
    return resources.change(id, change);
  }

  @Override
  public Answer<Progress> followOperation(String operation, String resourceId) {
    return resources.follow(operation, resourceId);
  }

  @Override
  public Answer<List<AzureIdentity>> listIdentities(String scope) {
    return lists.identities(scope);
  }

  @Override
  public Answer<List<FederatedCredential>> listCredentials(IdentityId identity) {
    return lists.credentials(identity);
  }

  @Override
  public Answer<List<RoleAssignment>> listRoleAssignments(String scope) {
    return lists.roleAssignments(scope);
  }

  @Override
  public Answer<List<AzureResource>> listResources(String scope, String type) {
    return lists.resources(scope, type);
  }

  private Answer<@Nullable Void> delete(Call call, String id, String apiVersion) {
    return calls.send(ArmRequest.delete(call, id, apiVersion), ArmGateway::isDeleted, _ -> null);
  }

  private Answer<String> lookUp(String scope, String roleName) {
    var filter = "roleName eq '%s'".formatted(roleName.replace("'", "''"));
    Answer<Optional<String>> answer =
        calls.send(
            ArmRequest.list(
                Call.FIND_ROLE, scope + ROLE_DEFINITIONS, AUTHORIZATION_VERSION, filter),
            Answered::isSuccess,
            reply -> role(roleName, reply));
    return ArmCalls.then(
        answer,
        found ->
            found
                .value()
                .<Answer<String>>map(id -> new Answer.Done<>(id, found.receipt()))
                .orElseGet(
                    () -> new Answer.Failed<>(unknownRole(scope, roleName), found.receipt())));
  }

  private static Problem unknownRole(String scope, String roleName) {
    return new Problem.Missing(
        Reason.ROLE_NOT_FOUND,
        "No role definition at %s has the name '%s'.".formatted(scope, roleName));
  }

  private static Optional<String> role(String roleName, Answered reply) throws IOException {
    var read = reply.read(RoleDefinitionListResult::fromJson).value();
    if (read == null) {
      throw new IOException("a list without value");
    }
    return read.stream()
        .filter(role -> roleName.equalsIgnoreCase(role.roleName()))
        .map(role -> role.id())
        .findFirst();
  }

  /** Only these two say so; a subscription that cannot be seen says nothing about its contents. */
  private static boolean isWithoutIdentity(Answered reply) {
    return reply.isAbsent()
        && List.of("ResourceNotFound", "ResourceGroupNotFound").contains(reply.error().code());
  }

  private static boolean isDeleted(Answered reply) {
    return List.of(200, 202, 204, 404).contains(reply.status());
  }

  /** At a scope that cannot exist no assignment does. */
  private static boolean isNowhere(Answered reply) {
    return reply.status() == 400 && IMPOSSIBLE_SCOPE.contains(reply.error().code());
  }

  private static boolean isGranted(Answered reply) {
    return reply.status() == 409 && reply.error().code().equals("RoleAssignmentExists");
  }

  /** Azure prints the GUID without dashes; older versions do not print it. */
  private static boolean isNamed(RoleAssignment assignment, Answered reply) {
    return plain(reply.error().message()).contains(plain(assignment.name()));
  }

  private static String plain(String text) {
    return text.replace("-", "").toLowerCase(Locale.ROOT);
  }

  private static AzureIdentity identity(IdentityId id, Answered reply) throws IOException {
    return Readings.identity(id, reply.object());
  }
}
