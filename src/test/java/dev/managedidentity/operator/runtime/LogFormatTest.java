package dev.managedidentity.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The logging configuration that ships, not the one of the tests. */
class LogFormatTest {
  private static final URI CONFIGURATION = Path.of("src/main/resources/log4j2.xml").toUri();

  private final LoggerContext context = new LoggerContext("shipped", null, CONFIGURATION);

  LogFormatTest() {
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void aMessageWithNewlinesAndQuotesStaysOneLineOfJson() throws Exception {
    var forged = "name\n{\"log.level\":\"ERROR\"}\r\n\u2028\"end\\";

    var line = line(event(forged).build());

    assertThat(line).endsWith("\n").doesNotContain("\r");
    assertThat(line.strip()).hasLineCount(1);
    assertThat(json(line).get("message").textValue()).isEqualTo(forged);
    assertThat(json(line).get("log.level").textValue()).isEqualTo("INFO");
  }

  @Test
  void aPlainEventHasOnlyWhatItNeeds() throws Exception {
    var json = json(line(event("started").build()));

    assertThat(json.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("@timestamp", "log.level", "message", "log.logger");
    assertThat(json.get("@timestamp").textValue()).isEqualTo("2026-11-22T10:00:00.123Z");
  }

  @Test
  void anErrorKeepsItsStackOnTheLine() throws Exception {
    var line = line(event("failed").setThrown(new IllegalStateException("a\nb")).build());

    assertThat(line.strip()).hasLineCount(1);
    assertThat(json(line).get("error.type").textValue())
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(json(line).get("error.message").textValue()).isEqualTo("a\nb");
    assertThat(json(line).get("error.stack_trace").textValue())
        .contains("\tat dev.managedidentity.operator.runtime.LogFormatTest");
  }

  @Test
  void theResourceAndTheCallAreFieldsAndOtherContextIsNot() throws Exception {
    var data = new SortedArrayStringMap();
    data.putValue("resource.kind", "ManagedIdentity");
    data.putValue("resource.namespace", "shop");
    data.putValue("resource.name", "orders");
    data.putValue("resource.uid", "1");
    data.putValue("correlationId", "c-1");

    var json = json(line(event("written").setContextData(data).build()));

    assertThat(json.get("resource.kind").textValue()).isEqualTo("ManagedIdentity");
    assertThat(json.get("resource.namespace").textValue()).isEqualTo("shop");
    assertThat(json.get("resource.name").textValue()).isEqualTo("orders");
    assertThat(json.get("correlationId").textValue()).isEqualTo("c-1");
    assertThat(json.has("resource.uid")).isFalse();
  }

  @Test
  void librariesSpeakOnlyWhenSomethingIsWrong() {
    var configuration = context.getConfiguration();

    assertThat(configuration.getLoggerConfig("com.azure.identity").getLevel())
        .as("its failures are answers, which the operator tells")
        .isEqualTo(Level.OFF);
    assertThat(configuration.getLoggerConfig("io.javaoperatorsdk").getLevel())
        .isEqualTo(Level.WARN);
    assertThat(configuration.getLoggers()).containsKey("dev.managedidentity");
  }

  private String line(LogEvent event) {
    return context
        .getConfiguration()
        .getAppender("stdout")
        .getLayout()
        .toSerializable(event)
        .toString();
  }

  private static Log4jLogEvent.Builder event(String message) {
    return Log4jLogEvent.newBuilder()
        .setLoggerName("dev.managedidentity.operator.Some")
        .setLevel(Level.INFO)
        .setMessage(new SimpleMessage(message))
        .setTimeMillis(1_795_341_600_123L);
  }

  private static JsonNode json(String line) throws JsonProcessingException {
    return JsonMapper.builder()
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build()
        .readTree(line);
  }
}
