package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.behaviour.Behaviour;
import dev.managedidentity.dev.emulator.behaviour.Fault;
import dev.managedidentity.dev.emulator.behaviour.WriteGates;
import dev.managedidentity.dev.emulator.entra.AccessTokens;
import dev.managedidentity.dev.emulator.entra.Caller;
import dev.managedidentity.dev.emulator.entra.Tenant;
import dev.managedidentity.dev.emulator.http.Answer;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.http.Request;
import dev.managedidentity.dev.emulator.journal.Journal;
import dev.managedidentity.dev.emulator.model.Cloud;
import java.util.Optional;

/** Answers every request to Resource Manager, in the order in which Azure looks at it. */
public final class ArmService {
  private final Behaviour behaviour;
  private final BearerTokens bearer;
  private final Providers providers;
  private final RouteTable routes;
  private final Admission admission;
  private final ResponseHeaders headers;
  private final ArmJournal journal;

  /** What a Resource Manager stands on. */
  public record Setting(
      Cloud cloud,
      Behaviour behaviour,
      Journal journal,
      Tenant tenant,
      AccessTokens tokens,
      String endpoint) {}

  public ArmService(Setting setting) {
    this.behaviour = setting.behaviour();
    this.bearer =
        new BearerTokens(setting.tokens(), setting.tenant(), setting.endpoint(), behaviour.clock());
    this.providers = new Providers();
    var authoriser = new Authoriser(setting.cloud(), behaviour.clock());
    this.routes = new RouteTable(Routes.all(setting, providers, authoriser), providers);
    this.admission = new Admission(setting.cloud(), behaviour, authoriser, setting.tenant().id());
    this.headers = new ResponseHeaders(behaviour.throttles());
    this.journal = new ArmJournal(setting.journal());
  }

  /** What an operation came to, and what the client gets to see of it. */
  private record Outcome(Answer effect, Answer visible) {
    static Outcome of(ArmRefusal refusal) {
      var reply = refusal.error().reply();
      return new Outcome(reply, reply);
    }
  }

  public Answer handle(Request request) {
    var trace = ArmTrace.of(request);
    var path = ArmPath.of(request.segments());
    var route = routes.peek(request.method(), path);
    var outcome = outcome(request, path);
    var answer =
        switch (outcome.visible()) {
          case Answer.Dropped dropped -> dropped;
          case Reply reply -> completed(reply, request, trace, path, route);
        };
    journal.record(
        request,
        new ArmJournal.Event(
            behaviour.clock().instant(),
            trace,
            path,
            route,
            bearer.peek(request).map(Caller::objectId).orElse("")),
        answer.status(),
        outcome.effect().status());
    return answer;
  }

  private Outcome outcome(Request request, ArmPath path) {
    try {
      return perform(request, path);
    } catch (ArmRefusal refusal) {
      return Outcome.of(refusal);
    }
  }

  private Outcome perform(Request request, ArmPath path) {
    var version =
        request
            .parameter("api-version")
            .filter(text -> !text.isBlank())
            .orElseThrow(() -> new ArmRefusal(GatewayErrors.missingApiVersion()));
    var caller = bearer.authenticate(request);
    var route = routes.find(request.method(), path, version);
    providers.requireVersion(route.type(), version);
    admission.check(caller, route, path);
    try (var _ = pass(route, path)) {
      var interference = behaviour.faults().meet(route.operation(), path.target().path());
      var effect =
          interference
              .instead(ArmService::failed)
              .orElseGet(() -> carryOut(request, path, caller, route, version));
      return new Outcome(effect, interference.afterwards(effect));
    }
  }

  /** Credentials of one identity are written one at a time; Azure refuses whoever comes second. */
  private WriteGates.Pass pass(Route route, ArmPath path) {
    if (!route.type().equals(CredentialResources.TYPE) || !route.operation().kind().isWriting()) {
      return () -> {};
    }
    var identity = CredentialResources.identityOf(path);
    return behaviour
        .gates()
        .enter(identity.key())
        .orElseThrow(() -> new ArmRefusal(ArmErrors.concurrentCredentialWrites(identity)));
  }

  private Answer carryOut(
      Request request, ArmPath path, Caller caller, Route route, String version) {
    behaviour.latency().spend(route.operation());
    try {
      return route
          .handler()
          .apply(new ArmCall(request, path, caller, version, behaviour.clock().instant()));
    } catch (ArmRefusal refusal) {
      return refusal.error().reply();
    }
  }

  private static Reply failed(Fault.Fail fail) {
    return new ArmError(fail.status(), fail.code(), fail.message()).reply();
  }

  private Reply completed(
      Reply reply, Request request, ArmTrace trace, ArmPath path, Optional<Route> route) {
    var general = headers.add(reply, request, trace, behaviour.clock().instant());
    var subscription = path.target().subscriptionId();
    return route.isPresent() && subscription.isPresent()
        ? headers.addRemaining(general, route.get().operation(), subscription.get())
        : general;
  }
}
