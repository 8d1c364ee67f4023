package dev.managedidentity.operator.leadership;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a replica whose lease has run out from writing: one that was stopped for a while, or cut
 * off from the API server, does not know yet that another leads. The election notices in the end;
 * this is asked before each write. A renewal counts from the moment at which it was sent, by a
 * clock that goes on while the process does not.
 *
 * <p>It sees the requests to Kubernetes by itself; whoever writes elsewhere asks it. What was sent
 * already cannot be called back.
 */
final class LeaseFence implements Interceptor {
  private static final Pattern LEASES =
      Pattern.compile("/apis/coordination.k8s.io/v1/namespaces/[^/]+/leases(/.*)?");

  private final long lifetime;
  private final LongSupplier ticker;
  private final Runnable expired;
  private final AtomicReference<@Nullable Long> sent = new AtomicReference<>();
  private final AtomicReference<@Nullable Long> renewed = new AtomicReference<>();
  private final AtomicBoolean isOver = new AtomicBoolean();

  /**
   * A fence for a replica that holds no lease yet: it hinders nobody.
   *
   * @param lifetime how long after a renewal writes may be sent; less than others wait
   * @param ticker nanoseconds that only grow
   * @param expired called instead of a write that comes too late
   */
  LeaseFence(Duration lifetime, LongSupplier ticker, Runnable expired) {
    this.lifetime = lifetime.toNanos();
    this.ticker = ticker;
    this.expired = expired;
  }

  /**
   * To be asked right before a write is sent.
   *
   * @throws IllegalStateException when another replica may lead by now
   */
  void check() {
    var last = renewed.get();
    if (isOver.get() || (last != null && ticker.getAsLong() - last > lifetime)) {
      expired.run();
      throw new IllegalStateException("The lease has run out: another replica may lead.");
    }
  }

  /** The lease was given up. */
  void end() {
    isOver.set(true);
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (isRenewal(request)) {
      sent.set(ticker.getAsLong());
    } else if (!request.method().equals("GET")) {
      check();
    }
  }

  /** An election waits for each renewal before it sends the next. */
  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    if (isRenewal(request) && response.isSuccessful()) {
      renewed.set(sent.get());
    }
  }

  private static boolean isRenewal(HttpRequest request) {
    return !request.method().equals("GET") && LEASES.matcher(request.uri().getPath()).matches();
  }
}
