package dev.managedidentity.operator.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Serves {@code /healthz}, {@code /readyz} and {@code /metrics}, and nothing else. */
public final class ProbeServer implements AutoCloseable {
  private static final Set<String> METHODS = Set.of("GET", "HEAD");
  private static final String TEXT = "text/plain; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads;

  private ProbeServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Serves at once, also while nothing is ready: a probe must be answered from the beginning.
   *
   * @throws BindException when the address is not free, with a message for people
   */
  public static ProbeServer start(InetSocketAddress address, Probes probes) throws IOException {
    var server = bind(address);
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, probes));
    server.start();
    return new ProbeServer(server, threads);
  }

  /** The port that is served: another one than asked for when that was 0. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /**
   * What the answers say.
   *
   * @param isAlive whether restarting the process would not help
   * @param isReady whether the operator does its work
   * @param metrics the text of {@link Telemetry#scrape}
   */
  public record Probes(
      BooleanSupplier isAlive, BooleanSupplier isReady, Supplier<String> metrics) {}

  private record Answer(int status, String type, String text) {
    static Answer probe(boolean isPassed) {
      return isPassed ? new Answer(200, TEXT, "ok\n") : new Answer(503, TEXT, "not ok\n");
    }
  }

  private static HttpServer bind(InetSocketAddress address) throws IOException {
    try {
      return HttpServer.create(address, 0);
    } catch (BindException e) {
      var explained =
          new BindException(
              "Probes and metrics cannot be served on %s port %d: %s. Set http.address and http.port."
                  .formatted(address.getHostString(), address.getPort(), e.getMessage()));
      explained.initCause(e);
      throw explained;
    }
  }

  private static void answer(HttpExchange exchange, Probes probes) throws IOException {
    try (exchange) {
      send(exchange, answerTo(exchange, probes));
    }
  }

  private static Answer answerTo(HttpExchange exchange, Probes probes) {
    Supplier<Answer> page =
        switch (exchange.getRequestURI().getPath()) {
          case "/healthz" -> () -> Answer.probe(probes.isAlive().getAsBoolean());
          case "/readyz" -> () -> Answer.probe(probes.isReady().getAsBoolean());
          case "/metrics" -> () -> new Answer(200, Telemetry.CONTENT_TYPE, probes.metrics().get());
          default -> null;
        };
    if (page == null) {
      return new Answer(404, TEXT, "There is /healthz, /readyz and /metrics.\n");
    }
    if (!METHODS.contains(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return new Answer(405, TEXT, "Only GET and HEAD are allowed.\n");
    }
    return page.get();
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    var body = answer.text().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(answer.status(), -1);
    } else {
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
