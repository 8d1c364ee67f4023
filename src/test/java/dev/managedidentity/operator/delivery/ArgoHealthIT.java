package dev.managedidentity.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.dev.tools.Tool;
import dev.managedidentity.dev.tools.Tools;
import dev.managedidentity.operator.golden.Scenario;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Argo CD's health of resources, by the interpreter that it uses, on statuses of the operator. */
class ArgoHealthIT {
  private static final Path SCRIPT = Path.of("gitops/argocd/health.lua");
  private static final Tool LUA = Tools.pinned().lua();

  @TempDir private Path folder = Path.of("");

  static List<Scenario> statuses() {
    return Stream.of("identity", "binding").flatMap(kind -> Scenario.of(kind).stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void isWhatTheConditionsSay(Scenario scenario) throws IOException {
    var status = Serialization.unmarshal(scenario.read("out.yaml"), ObjectNode.class).get("status");
    var object = object(1);
    object.set("status", status);

    assertThat(health(object)).isEqualTo(expected(status));
  }

  @Test
  void isProgressingWhileNothingWasSaid() throws IOException {
    assertThat(health(object(1))).isEqualTo("Progressing");
  }

  @Test
  void isProgressingWhileTheNewestSpecWasNotSeen() throws IOException {
    var object = object(2);
    object.set("status", ready("Provisioned"));

    assertThat(health(object)).isEqualTo("Progressing");
  }

  @ParameterizedTest
  @CsvSource({"Provisioned, Healthy", "Paused, Suspended"})
  void saysOfWhatIsReady(String reason, String health) throws IOException {
    var object = object(1);
    object.set("status", ready(reason));

    assertThat(health(object)).isEqualTo(health);
  }

  @Test
  void isProgressingWhileItIsDeleted() throws IOException {
    var object = object(1);
    object.withObject("/metadata").put("deletionTimestamp", "2026-03-01T12:00:00Z");
    object.set("status", ready("Provisioned"));

    assertThat(health(object)).isEqualTo("Progressing");
  }

  private static String expected(JsonNode status) {
    if (isTrue(status, "Stalled")) {
      return "Degraded";
    }
    return isTrue(status, "Ready") ? "Healthy" : "Progressing";
  }

  private static boolean isTrue(JsonNode status, String type) {
    return StreamSupport.stream(status.path("conditions").spliterator(), false)
        .anyMatch(
            condition ->
                condition.path("type").asText().equals(type)
                    && condition.path("status").asText().equals("True"));
  }

  private static ObjectNode object(int generation) {
    return Serialization.unmarshal(
        "{\"metadata\": {\"generation\": %d}}".formatted(generation), ObjectNode.class);
  }

  private static JsonNode ready(String reason) {
    return Serialization.unmarshal(
        """
        {"conditions": [{"type": "Ready", "status": "True", "observedGeneration": 1,
                         "reason": "%s", "message": "As asked."}]}
        """
            .formatted(reason),
        JsonNode.class);
  }

  private String health(JsonNode object) throws IOException {
    var program =
        """
        obj = %s
        local function check()
        %s
        end
        local health = check()
        assert(health.message ~= nil)
        print(health.status)
        """
            .formatted(lua(object), Files.readString(SCRIPT));
    return LUA.answer(Files.writeString(folder.resolve("check.lua"), program).toString()).strip();
  }

  /** The object as Lua writes it. */
  private static String lua(JsonNode node) {
    if (node.isObject()) {
      return node.properties().stream()
          .map(field -> "[\"%s\"] = %s".formatted(field.getKey(), lua(field.getValue())))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false)
          .map(ArgoHealthIT::lua)
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return node.isNull() ? "nil" : node.toString();
  }
}
