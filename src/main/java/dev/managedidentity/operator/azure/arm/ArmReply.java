package dev.managedidentity.operator.azure.arm;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.ReadValueCallback;
import dev.managedidentity.operator.azure.Receipt;
import java.io.IOException;
import java.time.Duration;

/** What became of one request. */
sealed interface ArmReply {

  /** Azure answered, whatever it said. */
  record Answered(int status, HttpHeaders headers, String body) implements ArmReply {
    private static final HttpHeaderName CORRELATION_ID =
        HttpHeaderName.fromString("x-ms-correlation-request-id");

    boolean isSuccess() {
      return status == 200 || status == 201;
    }

    /** Whether what was asked for, or its parent, is not there. */
    boolean isAbsent() {
      return status == 404;
    }

    Receipt receipt() {
      return new Receipt(headers.getValue(CORRELATION_ID));
    }

    /** Code and message of a failure. */
    ArmError error() {
      return ArmError.parse(body);
    }

    /** The body where the SDK has no model that says all of it. */
    ArmObject object() throws IOException {
      return ArmObject.parse(body);
    }

    /** The body as one of the SDK's models. */
    <T> T read(ReadValueCallback<JsonReader, T> model) throws IOException {
      try (var reader = JsonProviders.createReader(body)) {
        var value = model.read(reader);
        if (value == null) {
          throw new IOException("no object");
        }
        return value;
      } catch (IllegalStateException | IllegalArgumentException e) {
        throw new IOException("a body that is not as documented: " + e.getMessage(), e);
      }
    }
  }

  /** It was not sent: Azure has asked to send nothing for so long. */
  record Held(Duration rest) implements ArmReply {}

  /** No answer came; the request may have been carried out. */
  record Silent(RuntimeException cause) implements ArmReply {}
}
