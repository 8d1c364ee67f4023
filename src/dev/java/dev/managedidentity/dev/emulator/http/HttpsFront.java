package dev.managedidentity.dev.emulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** A loopback HTTPS server with a virtual thread for each request in flight. */
public final class HttpsFront implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpsFront.class.getName());
  private static final int LARGEST_BODY = 4 * 1024 * 1024;

  static {
    // The JDK's server reads these once. Without the first, Nagle's algorithm adds 40 ms to a
    // request; the others keep it from closing a pooled connection while a client writes to it.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "5000");
    System.setProperty("sun.net.httpserver.idleInterval", "600");
  }

  private final HttpsServer server;
  private final ExecutorService threads;

  private HttpsFront(HttpsServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /** Listens on a free port when {@code port} is 0; requests wait until {@link #serve}. */
  public static HttpsFront listen(SSLContext tls, int port) {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      var server = HttpsServer.create(address, 1024);
      server.setHttpsConfigurator(new HttpsConfigurator(tls));
      var threads = Executors.newVirtualThreadPerTaskExecutor();
      server.setExecutor(threads);
      return new HttpsFront(server, threads);
    } catch (IOException e) {
      throw new IllegalStateException(
          "Port " + port + " on this machine is not free; choose another or 0", e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Starts to answer with {@code handler}, which is called by many threads at once. */
  public void serve(Function<Request, Answer> handler) {
    server.createContext("/", exchange -> answer(exchange, handler));
    server.start();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void answer(HttpExchange exchange, Function<Request, Answer> handler)
      throws IOException {
    try (exchange) {
      switch (handled(request(exchange), handler)) {
        case Reply reply -> send(exchange, reply);
        case Answer.Dropped _ -> {
          // Closing an exchange that has sent nothing closes its connection.
        }
      }
    }
  }

  private static Answer handled(Request request, Function<Request, Answer> handler) {
    try {
      return handler.apply(request);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, request.method() + " " + request.path() + " failed", e);
      var error = Json.object().put("code", "InternalServerError").put("message", e.toString());
      return Reply.json(500, Json.object().set("error", error));
    }
  }

  private static Request request(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
    var headers = new LinkedHashMap<String, String>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    return Request.of(
        exchange.getRequestMethod(),
        exchange.getRequestURI(),
        headers,
        new String(body, StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    boolean bodyless = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(reply.statusCode(), bodyless ? -1 : bytes.length);
    if (!bodyless) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
