package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.arm.ArmPath.Level;
import dev.managedidentity.dev.emulator.behaviour.OperationKind;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.journal.ActivityEntry;
import dev.managedidentity.dev.emulator.journal.Journal;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The Activity log: what was asked to change, by whom, and how it ended. */
final class ActivityResources {
  private static final String TYPE = "Microsoft.Insights/eventtypes/values";

  private final Journal journal;
  private final Pages pages;
  private final String tenantId;

  ActivityResources(Journal journal, Pages pages, String tenantId) {
    this.journal = journal;
    this.pages = pages;
    this.tenantId = tenantId;
  }

  List<Route> routes() {
    var subscription = Set.of(Level.SUBSCRIPTION);
    return List.of(Route.of(OperationKind.LIST, "GET", TYPE, subscription, this::list));
  }

  private Reply list(ArmCall call) {
    var filter = call.request().parameter("$filter").orElse("");
    ActivityFilter matches;
    try {
      matches = ActivityFilter.of(filter);
    } catch (DateTimeParseException e) {
      throw new ArmRefusal(
          ArmErrors.badRequest("The filter '" + filter + "' names a time that is none."));
    }
    var found =
        journal.activity().stream()
            .filter(entry -> call.path().scope().contains(entry.resourceId()))
            .filter(matches)
            .sorted(Comparator.comparing(ActivityResources::key))
            .toList();
    return pages.page(call, found, ActivityResources::key, this::json);
  }

  private static String key(ActivityEntry entry) {
    return "%020d %s".formatted(entry.eventTimestamp().toEpochMilli(), entry.eventId());
  }

  private JsonNode json(ActivityEntry entry) {
    var body =
        Json.object()
            .put("caller", entry.caller())
            .put("channels", "Operation")
            .put("correlationId", entry.correlationId())
            .put("eventDataId", entry.eventId())
            .put("eventTimestamp", entry.eventTimestamp().toString())
            .put("submissionTimestamp", entry.eventTimestamp().toString())
            .put("id", entry.resourceId().path() + "/events/" + entry.eventId())
            .put("level", entry.status().equals("Failed") ? "Error" : "Informational")
            .put("operationId", entry.operationId())
            .put("resourceGroupName", entry.resourceId().resourceGroup().orElse(""))
            .put("resourceId", entry.resourceId().path())
            .put("subscriptionId", entry.resourceId().subscriptionId().orElse(""))
            .put("tenantId", tenantId);
    body.set("operationName", named(entry.operationName()));
    body.set("status", named(entry.status()));
    body.set("subStatus", named(Integer.toString(entry.httpStatus())));
    body.set("category", named("Administrative"));
    body.set("eventName", named("EndRequest"));
    return body;
  }

  private static JsonNode named(String value) {
    return Json.object().put("value", value).put("localizedValue", value);
  }
}
