package dev.managedidentity.operator.admission;

import static java.net.HttpURLConnection.HTTP_BAD_METHOD;
import static java.net.HttpURLConnection.HTTP_ENTITY_TOO_LARGE;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_OK;
import static java.net.HttpURLConnection.HTTP_UNSUPPORTED_TYPE;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.managedidentity.operator.admission.AdmissionMeter.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Answers one HTTP request after the other; called by many threads at once. */
final class AdmissionEndpoint implements HttpHandler {
  /** An object has at most 3 MiB as the API server reads it; an update sends two, mostly small. */
  static final int LARGEST_BODY = 4 * 1024 * 1024;

  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";

  private final ReviewFormat format = new ReviewFormat();
  private final Handlers handlers;
  private final AdmissionMeter meter;
  private final BooleanSupplier isClosing;

  /** Answers so that no client comes back on the same connection while the server is closing. */
  AdmissionEndpoint(Handlers handlers, AdmissionMeter meter, BooleanSupplier isClosing) {
    this.handlers = handlers;
    this.meter = meter;
    this.isClosing = isClosing;
  }

  private record Reply(int status, String type, String body, Outcome outcome) {}

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    var start = System.nanoTime();
    try (exchange) {
      var reply = reply(exchange);
      var path = exchange.getRequestURI().getPath();
      meter.answered(
          handlers.has(path) ? path : "",
          reply.outcome(),
          Duration.ofNanos(System.nanoTime() - start));
      send(exchange, reply);
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    try {
      var path = exchange.getRequestURI().getPath();
      check(exchange, path);
      var request = format.read(body(exchange));
      var handled = handlers.handle(path, request);
      var review = format.write(request.uid(), handled.answer());
      return new Reply(HTTP_OK, JSON, review, handled.outcome());
    } catch (RefusedRequestException e) {
      return new Reply(e.status(), TEXT, e.getMessage() + "\n", Outcome.MALFORMED);
    }
  }

  private void check(HttpExchange exchange, String path) throws RefusedRequestException {
    if (!handlers.has(path)) {
      throw new RefusedRequestException(
          HTTP_NOT_FOUND, "There is nothing but " + String.join(", ", handlers.paths()) + ".");
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      throw new RefusedRequestException(HTTP_BAD_METHOD, "Only POST is allowed.");
    }
    if (!isJson(exchange.getRequestHeaders().getFirst("Content-Type"))) {
      throw new RefusedRequestException(
          HTTP_UNSUPPORTED_TYPE, "The Content-Type of an AdmissionReview is " + JSON + ".");
    }
  }

  private static boolean isJson(@Nullable String contentType) {
    var type = Objects.requireNonNullElse(contentType, "").split(";", 2)[0];
    return type.strip().toLowerCase(Locale.ROOT).equals(JSON);
  }

  private static byte[] body(HttpExchange exchange) throws IOException, RefusedRequestException {
    var body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      throw new RefusedRequestException(
          HTTP_ENTITY_TOO_LARGE, "An AdmissionReview has at most " + LARGEST_BODY + " bytes.");
    }
    return body;
  }

  private void send(HttpExchange exchange, Reply reply) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.type());
    if (reply.status() == HTTP_BAD_METHOD) {
      headers.set("Allow", "POST");
    }
    if (isClosing.getAsBoolean()) {
      headers.set("Connection", "close");
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(reply.status(), -1);
    } else {
      var body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
