package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.http.Request;
import dev.managedidentity.dev.emulator.journal.ActivityEntry;
import dev.managedidentity.dev.emulator.journal.Journal;
import dev.managedidentity.dev.emulator.journal.RequestEntry;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes each request into the request log, and each that wanted a change into the Activity log.
 */
final class ArmJournal {
  private final Journal journal;

  ArmJournal(Journal journal) {
    this.journal = journal;
  }

  /** Who did what when; the route is empty for paths that lead nowhere. */
  record Event(
      Instant time, ArmTrace trace, ArmPath path, Optional<Route> route, String callerId) {}

  void record(Request request, Event event, int seenStatus, int effectStatus) {
    journal.record(
        new RequestEntry(
            event.time(),
            request.method(),
            request.path(),
            event.route().map(route -> route.operation().name()).orElse("unknown"),
            seenStatus,
            effectStatus,
            event.trace().clientRequestId(),
            event.trace().correlationId(),
            event.callerId()));
    event
        .route()
        .filter(route -> route.operation().kind().isWriting())
        .filter(_ -> effectStatus != 0 && effectStatus != 401)
        .ifPresent(route -> journal.record(activity(event, route, effectStatus)));
  }

  private static ActivityEntry activity(Event event, Route route, int status) {
    return new ActivityEntry(
        UUID.randomUUID().toString(),
        event.time(),
        route.action(),
        status < 400 ? "Succeeded" : "Failed",
        status,
        event.trace().correlationId(),
        event.trace().requestId(),
        event.path().target(),
        event.callerId());
  }
}
