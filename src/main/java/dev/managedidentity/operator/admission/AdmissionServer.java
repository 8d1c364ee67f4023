package dev.managedidentity.operator.admission;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves admission over HTTPS, TLS 1.3 or 1.2, with a virtual thread for each request. */
public final class AdmissionServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdmissionServer.class);

  /**
   * System properties that the process needs before the first server of the JDK starts, which reads
   * them once: an API server keeps connections for 90 seconds, and one that is closed under its
   * hands costs an admission; small answers must not wait for acknowledgements.
   */
  public static final Map<String, String> PROCESS_PROPERTIES =
      Map.of(
          "sun.net.httpserver.nodelay", "true",
          "sun.net.httpserver.idleInterval", "300",
          "sun.net.httpserver.maxIdleConnections", "2000");

  /** A burst of new connections waits here for its turn. */
  private static final int BACKLOG = 1024;

  /** An API server waits for an answer no longer than this. */
  private static final int LONGEST_REQUEST_SECONDS = 2;

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicBoolean isClosing = new AtomicBoolean();
  private final Semaphore hurry = new Semaphore(0);
  private final Duration linger;

  private AdmissionServer(HttpsServer server, Duration linger) {
    this.server = server;
    this.linger = linger;
  }

  /**
   * What is served, and how it ends.
   *
   * @param handlers by path, such as {@code /mutate-pods}
   * @param linger how long {@link #close} still serves, until no more requests are sent here
   */
  public record Service(
      Map<String, Function<AdmissionRequest, AdmissionAnswer>> handlers,
      AdmissionMeter meter,
      Duration linger) {
    public Service {
      handlers = Map.copyOf(handlers);
    }
  }

  /**
   * Serves at once.
   *
   * @throws BindException when the address is not free, with a message for people
   */
  public static AdmissionServer start(InetSocketAddress address, SSLContext tls, Service service)
      throws IOException {
    var server = new AdmissionServer(bind(address), service.linger());
    server.serve(tls, new Handlers(service.handlers()), service.meter());
    return server;
  }

  private void serve(SSLContext tls, Handlers handlers, AdmissionMeter meter) {
    server.setHttpsConfigurator(new Tls(tls));
    server.setExecutor(threads);
    server.createContext("/", new AdmissionEndpoint(handlers, meter, isClosing::get));
    server.start();
  }

  /** The port that is served: another one than asked for when that was 0. */
  public int port() {
    return server.getAddress().getPort();
  }

  /**
   * Serves on for a while and asks clients not to come back; then answers what has begun, and
   * nothing else. To close again meanwhile ends the serving on.
   */
  @Override
  public void close() {
    if (isClosing.getAndSet(true)) {
      hurry.release();
      return;
    }
    try {
      if (!hurry.tryAcquire(linger.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.debug("The webhook has lingered for {}", linger);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    server.stop(LONGEST_REQUEST_SECONDS);
    threads.shutdownNow();
  }

  private static HttpsServer bind(InetSocketAddress address) throws IOException {
    try {
      return HttpsServer.create(address, BACKLOG);
    } catch (BindException e) {
      var explained =
          new BindException(
              "The webhook cannot be served on %s port %d: %s. Choose another port."
                  .formatted(address.getHostString(), address.getPort(), e.getMessage()));
      explained.initCause(e);
      throw explained;
    }
  }

  /** No protocol that is older than what API servers speak. */
  private static final class Tls extends HttpsConfigurator {
    Tls(SSLContext context) {
      super(context);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      var tls = getSSLContext().getDefaultSSLParameters();
      tls.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      parameters.setSSLParameters(tls);
    }
  }
}
