package dev.managedidentity.operator.kube;

import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.plan.Notice;
import dev.managedidentity.operator.plan.Operation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Tells people about every write, every change by others and every new plan of what is only
 * observed, as an Event on the resource and as a log line; a write has the correlation id by which
 * Azure's Activity log has it.
 */
public final class EventRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** A field of log lines of its own: log-event.json names it. */
  private static final String CORRELATION_ID = "correlationId";

  /** The API server's own limit for a note. It says characters and counts bytes of UTF-8. */
  private static final int NOTE_BYTES = 1024;

  private static final int NAME_LENGTH = 200;

  private final KubernetesClient client;
  private final String instance;

  /** Events will name {@code instance} as the replica that reports. */
  public EventRecorder(KubernetesClient client, String instance) {
    this.client = client;
    this.instance = instance;
  }

  /** Reports one write on the resource it was made for. A lost Event is logged, never an error. */
  public void record(HasMetadata resource, Operation operation) {
    var hasFailed = hasFailed(operation);
    report(
        resource,
        logLine(operation),
        new EventBuilder()
            .withEventTime(time(operation.time()))
            .withAction(operation.verb())
            .withType(hasFailed ? "Warning" : "Normal")
            .withReason(hasFailed ? operation.result() : operation.verb())
            .withNote(note(operation)));
  }

  /**
   * Reports what others changed in Azure. A warning: the repair follows by itself, but somebody
   * works against the spec, and only people can find out who.
   */
  public void record(HasMetadata resource, Finding finding) {
    report(
        resource,
        LOG.atWarn(),
        new EventBuilder()
            .withEventTime(time(finding.time()))
            .withAction("Repair")
            .withType("Warning")
            .withReason("DriftFound")
            .withNote(finding.detail()));
  }

  /** Reports what people should know. */
  public void record(HasMetadata resource, Notice notice) {
    report(
        resource,
        LOG.atLevel(notice.isWarning() ? Level.WARN : Level.INFO),
        new EventBuilder()
            .withEventTime(time(notice.time()))
            .withAction(notice.reason())
            .withType(notice.isWarning() ? "Warning" : "Normal")
            .withReason(notice.reason())
            .withNote(notice.words()));
  }

  private void report(HasMetadata resource, LoggingEventBuilder line, EventBuilder event) {
    var note = String.valueOf(event.getNote());
    var metadata = resource.getMetadata();
    line.log("{} {}/{}: {}", resource.getKind(), metadata.getNamespace(), metadata.getName(), note);
    var complete =
        event
            .withNewMetadata()
            .withNamespace(metadata.getNamespace())
            .withGenerateName(beginning(metadata.getName()) + "-")
            .endMetadata()
            .withNewRegarding()
            .withApiVersion(resource.getApiVersion())
            .withKind(resource.getKind())
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .withUid(metadata.getUid())
            .endRegarding()
            .withReportingController(StatusWriter.FIELD_MANAGER)
            .withReportingInstance(instance)
            .withNote(shortened(note))
            .build();
    try {
      client.resource(complete).create();
    } catch (KubernetesClientException e) {
      LOG.info("The Event could not be written (code {}): {}", e.getCode(), e.getMessage());
    }
  }

  private static MicroTime time(Instant time) {
    return new MicroTime(MICROSECONDS.format(time));
  }

  private static boolean hasFailed(Operation operation) {
    return operation.problem() != null && !operation.isUnderWay();
  }

  private static LoggingEventBuilder logLine(Operation operation) {
    var line = LOG.atLevel(hasFailed(operation) ? Level.WARN : Level.INFO);
    return operation.correlationId() == null
        ? line
        : line.addKeyValue(CORRELATION_ID, operation.correlationId());
  }

  /** The correlation id comes first: a long message is cut at the end. */
  private static String note(Operation operation) {
    var correlation =
        operation.correlationId() == null
            ? ""
            : " (correlation id " + operation.correlationId() + ")";
    var problem = operation.problem();
    if (operation.isUnderWay()) {
      return "%s is under way%s: %s".formatted(operation.verb(), correlation, operation.target());
    }
    return problem == null
        ? "%s succeeded%s: %s %s"
            .formatted(operation.verb(), correlation, operation.target(), operation.consequence())
            .strip()
        : "%s failed%s: %s: %s"
            .formatted(operation.verb(), correlation, operation.target(), problem.message());
  }

  /** The API server allows a prefix to end with '-' only, and shortens it further by itself. */
  private static String beginning(String name) {
    return name.length() <= NAME_LENGTH ? name : name.substring(0, NAME_LENGTH);
  }

  private static String shortened(String note) {
    if (bytes(note) <= NOTE_BYTES) {
      return note;
    }
    var room = NOTE_BYTES - "...".length();
    var letters = new StringBuilder();
    var used = 0;
    for (var letter : note.codePoints().mapToObj(Character::toString).toList()) {
      used += bytes(letter);
      if (used > room) {
        break;
      }
      letters.append(letter);
    }
    return letters.append("...").toString();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
