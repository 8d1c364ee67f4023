package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.journal.ActivityEntry;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The part of the Activity log's filter language that clients use, joined by {@code and}. */
record ActivityFilter(
    Optional<Instant> from,
    Optional<Instant> until,
    Optional<String> group,
    Optional<String> resource,
    Optional<String> correlationId)
    implements Predicate<ActivityEntry> {

  static ActivityFilter of(String filter) {
    return new ActivityFilter(
        value(filter, "eventTimestamp", "ge").map(Instant::parse),
        value(filter, "eventTimestamp", "le").map(Instant::parse),
        value(filter, "resourceGroupName", "eq"),
        value(filter, "(?:resourceUri|resourceId)", "eq"),
        value(filter, "correlationId", "eq"));
  }

  private static Optional<String> value(String filter, String field, String operator) {
    var pattern =
        Pattern.compile(field + "\\s+" + operator + "\\s+'([^']*)'", Pattern.CASE_INSENSITIVE);
    var match = pattern.matcher(filter);
    return match.find() ? Optional.of(match.group(1)) : Optional.empty();
  }

  @Override
  public boolean test(ActivityEntry entry) {
    return from.map(time -> !entry.eventTimestamp().isBefore(time)).orElse(true)
        && until.map(time -> !entry.eventTimestamp().isAfter(time)).orElse(true)
        && (group.isEmpty() || entry.resourceId().resourceGroup().filter(this::isGroup).isPresent())
        && resource.map(entry.resourceId().path()::equalsIgnoreCase).orElse(true)
        && correlationId.map(entry.correlationId()::equalsIgnoreCase).orElse(true);
  }

  private boolean isGroup(String name) {
    return group.filter(name::equalsIgnoreCase).isPresent();
  }
}
