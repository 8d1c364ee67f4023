package dev.managedidentity.dev.emulator.entra;

import dev.managedidentity.dev.emulator.behaviour.Behaviour;
import dev.managedidentity.dev.emulator.behaviour.Fault;
import dev.managedidentity.dev.emulator.behaviour.Operation;
import dev.managedidentity.dev.emulator.behaviour.OperationKind;
import dev.managedidentity.dev.emulator.http.Answer;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.http.Request;
import dev.managedidentity.dev.emulator.journal.Journal;
import dev.managedidentity.dev.emulator.journal.RequestEntry;
import dev.managedidentity.dev.emulator.model.Cloud;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Everything below the authority's address: routes, faults and the journal around the endpoints.
 */
public final class EntraService {
  private static final Operation SECRET = new Operation("token/clientSecret", OperationKind.TOKEN);
  private static final Operation ASSERTION =
      new Operation("token/clientAssertion", OperationKind.TOKEN);
  private static final Operation DOCUMENT = new Operation("entra/read", OperationKind.READ);

  private final Tenant tenant;
  private final TokenEndpoint endpoint;
  private final EntraDocuments documents;
  private final AccessTokens tokens;
  private final Behaviour behaviour;
  private final Journal journal;

  public EntraService(
      Tenant tenant, Cloud cloud, AccessTokens tokens, IssuerTrust trust, Setting setting) {
    this.tenant = tenant;
    this.tokens = tokens;
    this.behaviour = setting.behaviour();
    this.journal = setting.journal();
    this.documents = new EntraDocuments(tenant);
    var verifier = new AssertionVerifier(new IssuerKeys(trust), behaviour.clock());
    this.endpoint = new TokenEndpoint(cloud, tenant, verifier, tokens, behaviour.clock());
  }

  /** What surrounds every service of an emulator. */
  public record Setting(Behaviour behaviour, Journal journal) {}

  public Answer handle(Request request) {
    var trace = EntraTrace.of(request);
    var operation = operation(request);
    var interference = behaviour.faults().meet(operation, request.path());
    var effect =
        interference
            .instead(EntraService::failed)
            .orElseGet(() -> carriedOut(request, operation, trace));
    var answer = withHeaders(interference.afterwards(effect), request, trace);
    record(request, operation, trace, answer, effect);
    return answer;
  }

  private Answer carriedOut(Request request, Operation operation, EntraTrace trace) {
    behaviour.latency().spend(operation);
    try {
      return route(request);
    } catch (EntraRefusal e) {
      return e.error().reply(trace, behaviour.clock().instant(), tenant.authorityHost());
    }
  }

  private static Reply failed(Fault.Fail fail) {
    var body = Json.object().put("error", fail.code()).put("error_description", fail.message());
    return Reply.json(fail.status(), body);
  }

  private Answer route(Request request) {
    var path = request.path().toLowerCase(Locale.ROOT);
    if (path.endsWith("/discovery/instance")) {
      return Reply.json(200, documents.instances());
    }
    var segments = request.segments();
    if (segments.isEmpty() || !segments.getFirst().equalsIgnoreCase(tenant.id())) {
      throw new EntraRefusal(
          EntraErrors.tenantNotFound(segments.isEmpty() ? "" : segments.getFirst()));
    }
    return switch (path.substring(tenant.id().length() + 1)) {
      case "/oauth2/v2.0/token" -> token(request);
      case "/v2.0/.well-known/openid-configuration" -> Reply.json(200, documents.discovery(true));
      case "/.well-known/openid-configuration" -> Reply.json(200, documents.discovery(false));
      case "/discovery/v2.0/keys", "/discovery/keys" ->
          new Reply(200, Map.of("Content-Type", "application/json"), tokens.publicKeys());
      default -> Reply.empty(404);
    };
  }

  private Answer token(Request request) {
    return request.method().equals("POST")
        ? endpoint.answer(TokenRequest.of(request))
        : Reply.empty(405).with("Allow", "POST");
  }

  private static Operation operation(Request request) {
    if (!request.path().toLowerCase(Locale.ROOT).endsWith("/token")) {
      return DOCUMENT;
    }
    return request.form().containsKey("client_assertion") ? ASSERTION : SECRET;
  }

  private static Answer withHeaders(Answer effect, Request request, EntraTrace trace) {
    return switch (effect) {
      case Answer.Dropped dropped -> dropped;
      case Reply reply -> {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Cache-Control", "no-store, no-cache");
        headers.put("Pragma", "no-cache");
        headers.put("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("x-ms-request-id", trace.traceId());
        request.header("client-request-id").ifPresent(id -> headers.put("client-request-id", id));
        yield reply.with(headers);
      }
    };
  }

  private void record(
      Request request, Operation operation, EntraTrace trace, Answer answer, Answer effect) {
    journal.record(
        new RequestEntry(
            behaviour.clock().instant(),
            request.method(),
            request.path(),
            operation.name(),
            answer.status(),
            effect.status(),
            request.header("client-request-id").orElse(""),
            trace.correlationId(),
            Optional.ofNullable(request.form().get("client_id")).orElse("")));
  }
}
