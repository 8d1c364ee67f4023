package dev.managedidentity.operator.azure.arm;

import com.azure.core.http.HttpPipeline;
import com.azure.resourcemanager.authorization.models.PrincipalType;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import com.azure.resourcemanager.authorization.models.RoleDefinitionListResult;
import com.azure.resourcemanager.msi.fluent.models.FederatedIdentityCredentialInner;
import com.azure.resourcemanager.msi.fluent.models.IdentityInner;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityChange;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Progress;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.azure.arm.ArmReply.Answered;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port, spoken to Azure Resource Manager: one method is one request, sent once. */
public final class ArmGateway implements AzureGateway {
  private static final Logger LOG = LoggerFactory.getLogger(ArmGateway.class);

  /** The first stable version with an isolation scope. */
  private static final String IDENTITY_VERSION = "2024-11-30";

  private static final String AUTHORIZATION_VERSION = "2022-04-01";
  private static final String ROLE_DEFINITIONS =
      "/providers/Microsoft.Authorization/roleDefinitions";

  private final ArmChannel channel;
  private final ProblemClassifier classifier;
  private final RoleCache roles;

  /** A gateway that sends through a pipeline which signs in and never retries. */
  ArmGateway(HttpPipeline pipeline, String endpoint, InstantSource clock) {
    this.channel = new ArmChannel(pipeline, endpoint);
    this.classifier = new ProblemClassifier(clock);
    this.roles = new RoleCache(clock);
  }

  @Override
  public Answer<Optional<AzureIdentity>> findIdentity(IdentityId id) {
    return send(
        ArmRequest.get(Call.FIND_IDENTITY, id.toString(), IDENTITY_VERSION),
        reply -> reply.isSuccess() || isWithoutIdentity(reply),
        reply -> reply.isSuccess() ? Optional.of(identity(id, reply)) : Optional.empty());
  }

  @Override
  public Answer<AzureIdentity> writeIdentity(IdentityDefinition definition) {
    var id = definition.id();
    return send(
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
    return send(
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
  public Answer<Grant> writeRoleAssignment(RoleAssignment assignment) {
    var body =
        new RoleAssignmentCreateParameters()
            .withRoleDefinitionId(assignment.roleDefinitionId())
            .withPrincipalId(assignment.principalId())
            .withPrincipalType(PrincipalType.SERVICE_PRINCIPAL);
    return send(
        ArmRequest.put(Call.WRITE_ROLE_ASSIGNMENT, assignment.id(), AUTHORIZATION_VERSION, body),
        reply -> reply.isSuccess() || isGranted(reply),
        reply -> reply.isSuccess() || isNamed(assignment, reply) ? Grant.OURS : Grant.FOREIGN);
  }

  @Override
  public Answer<@Nullable Void> deleteRoleAssignment(String id) {
    return delete(Call.DELETE_ROLE_ASSIGNMENT, id, AUTHORIZATION_VERSION);
  }

  @Override
  public Answer<Optional<AzureResource>> findResource(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<Progress> changeResource(String id, IdentityChange change) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<Progress> followOperation(String operation, String resourceId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<List<AzureIdentity>> listIdentities(String scope) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<List<FederatedCredential>> listCredentials(IdentityId identity) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<List<RoleAssignment>> listRoleAssignments(String scope) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<List<AzureResource>> listResources(String scope, String type) {
    throw new UnsupportedOperationException();
  }

  private Answer<@Nullable Void> delete(Call call, String id, String apiVersion) {
    return send(
        ArmRequest.delete(call, id, apiVersion),
        reply -> List.of(200, 202, 204, 404).contains(reply.status()),
        _ -> null);
  }

  private Answer<String> lookUp(String scope, String roleName) {
    var filter = "roleName eq '%s'".formatted(roleName.replace("'", "''"));
    Answer<Optional<String>> answer =
        send(
            ArmRequest.list(
                Call.FIND_ROLE, scope + ROLE_DEFINITIONS, AUTHORIZATION_VERSION, filter),
            Answered::isSuccess,
            reply -> role(roleName, reply));
    return switch (answer) {
      case Answer.Failed<Optional<String>>(var problem, var receipt) ->
          new Answer.Failed<>(problem, receipt);
      case Answer.Done<Optional<String>>(var found, var receipt) when found.isPresent() ->
          new Answer.Done<>(found.get(), receipt);
      case Answer.Done<Optional<String>>(var _, var receipt) ->
          new Answer.Failed<>(
              new Problem.Missing(
                  Reason.ROLE_NOT_FOUND,
                  "No role definition at %s has the name '%s'.".formatted(scope, roleName)),
              receipt);
    };
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
    var read = reply.read(IdentityInner::fromJson);
    if (read.clientId() == null
        || read.principalId() == null
        || read.tenantId() == null
        || read.location() == null) {
      throw new IOException("an identity without clientId, principalId, tenantId or location");
    }
    return new AzureIdentity(
        id,
        read.clientId().toString(),
        read.principalId().toString(),
        read.tenantId().toString(),
        read.location(),
        false,
        read.tags() == null ? Map.of() : read.tags());
  }

  private <T extends @Nullable Object> Answer<T> send(
      ArmRequest request, Predicate<Answered> isDone, Reading<T> reading) {
    return switch (channel.send(request)) {
      case ArmReply.Silent(var cause) -> new Answer.Failed<>(problem(cause), Receipt.NONE);
      case Answered reply when isDone.test(reply) -> read(reply, reading);
      case Answered reply ->
          new Answer.Failed<>(classifier.classify(request.call(), reply), reply.receipt());
    };
  }

  private Problem problem(RuntimeException cause) {
    var problem = classifier.classify(cause);
    if (problem instanceof Problem.Unexpected) {
      LOG.error("A call to Azure Resource Manager failed as none ever should", cause);
    }
    return problem;
  }

  private static <T extends @Nullable Object> Answer<T> read(Answered reply, Reading<T> reading) {
    try {
      return new Answer.Done<>(reading.of(reply), reply.receipt());
    } catch (IOException e) {
      return new Answer.Failed<>(
          new Problem.Unexpected(
              "Azure answered %d with %s".formatted(reply.status(), Words.of(e))),
          reply.receipt());
    }
  }

  /** Takes the value out of a good reply. */
  private interface Reading<T extends @Nullable Object> {
    T of(Answered reply) throws IOException;
  }
}
