package dev.managedidentity.operator.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.managedidentity.operator.kube.ScriptedApiServer;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a replica that leads may write, and until when. */
class LeaseFenceTest {
  private static final Duration LIFETIME = Duration.ofSeconds(13);
  private static final Lease LEASE =
      new LeaseBuilder().withNewMetadata().withNamespace("ops").withName("one").and().build();
  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/ops/leases";
  private static final String NAMESPACE = "/api/v1/namespaces/shop";

  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger expired = new AtomicInteger();
  private final LeaseFence fence = new LeaseFence(LIFETIME, now::get, expired::incrementAndGet);
  private final ScriptedApiServer api =
      new ScriptedApiServer().onDelete(NAMESPACE, 200, "{}").onGet(NAMESPACE, 404, "{}");
  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(api.client().getConfiguration())
          .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("fence", fence))
          .build();

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  @Test
  void whoNeverHadALeaseIsNotHindered() {
    pass(LIFETIME.multipliedBy(2));

    write();

    assertThat(api.calls()).containsExactly("DELETE " + NAMESPACE);
  }

  @Test
  void writesAreSentWhileTheLeaseLasts() {
    renew(200);
    pass(LIFETIME);

    write();

    assertThat(api.calls()).endsWith("DELETE " + NAMESPACE);
    assertThat(expired).hasValue(0);
  }

  @Test
  void aWriteThatComesTooLateIsNotSentButReadsAre() {
    renew(200);
    pass(LIFETIME.plusNanos(1));

    assertThatThrownBy(this::write).hasStackTraceContaining("The lease has run out");
    assertThatThrownBy(fence::check).hasMessageContaining("The lease has run out");
    assertThat(client.namespaces().withName("shop").get()).isNull();

    assertThat(api.calls()).containsExactly("POST " + LEASES, "GET " + NAMESPACE);
    assertThat(expired).hasValue(2);
  }

  @Test
  void aRenewalThatFailedDoesNotCount() {
    renew(200);
    pass(LIFETIME);
    assertThatThrownBy(() -> renew(409)).isInstanceOf(KubernetesClientException.class);
    pass(Duration.ofNanos(1));

    assertThatThrownBy(this::write).hasStackTraceContaining("The lease has run out");
  }

  @Test
  void nothingIsWrittenOnceTheLeaseWasGivenUp() {
    renew(200);
    fence.end();

    assertThatThrownBy(this::write).hasStackTraceContaining("The lease has run out");
  }

  private void renew(int code) {
    api.onPost(LEASES, code, LEASE);
    client.resource(LEASE).create();
  }

  private void write() {
    client.namespaces().withName("shop").delete();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
