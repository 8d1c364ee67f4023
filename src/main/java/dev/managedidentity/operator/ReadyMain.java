package dev.managedidentity.operator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an operator whether it is ready: the image has no other program that could. Fails, and so
 * exits with 1, when the answer is no or there is none.
 */
public final class ReadyMain {
  private static final Logger LOG = LoggerFactory.getLogger(ReadyMain.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int READY = 200;

  private ReadyMain() {}

  /** Takes the URL to ask, such as {@code http://HOST:8080/readyz}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var address = URI.create(arguments[0]);
    var request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
    try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != READY) {
        throw new IOException(
            "%s: %d %s".formatted(address, answer.statusCode(), answer.body().strip()));
      }
      LOG.info("{}: {}", address, answer.body().strip());
    }
  }
}
