package dev.managedidentity.operator.azure.arm;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.http.policy.ArmChallengeAuthenticationPolicy;
import com.azure.core.util.Configuration;
import com.azure.core.util.Context;
import dev.managedidentity.operator.azure.budget.Budgets;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An HTTP client that gives prepared answers and remembers what it was asked. */
final class RecordedHttp implements HttpClient {
  private final Deque<Prepared> prepared = new ArrayDeque<>();
  private final List<HttpRequest> requests = Collections.synchronizedList(new ArrayList<>());

  /** A gateway that sends through this client, to https://arm.test. */
  ArmGateway gateway() {
    return gateway(InstantSource.system());
  }

  ArmGateway gateway(InstantSource clock) {
    return new ArmGateway(
        AzureClients.pipeline(
            this,
            Configuration.NONE,
            new ArmChallengeAuthenticationPolicy(
                _ -> Mono.just(new AccessToken("t", OffsetDateTime.MAX)),
                "https://arm.test/.default")),
        "https://arm.test",
        clock,
        new Budgets(System::nanoTime, Budgets.Meter.NONE));
  }

  RecordedHttp answering(int status, String body) {
    return answering(status, Map.of(), body);
  }

  RecordedHttp answering(int status, Map<String, String> headers, String body) {
    prepared.add(new Prepared(status, headers, body, null));
    return this;
  }

  RecordedHttp failing(RuntimeException failure) {
    prepared.add(new Prepared(0, Map.of(), "", failure));
    return this;
  }

  List<HttpRequest> requests() {
    return List.copyOf(requests);
  }

  /** Method and URL of each request, without the host that all of them go to. */
  List<String> lines() {
    return requests().stream()
        .map(
            request ->
                request.getHttpMethod()
                    + " "
                    + request.getUrl().toString().replaceFirst("^https://arm\\.test", ""))
        .toList();
  }

  /** Body of the last request. */
  String lastBody() {
    return requests().getLast().getBodyAsBinaryData().toString();
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return Mono.fromCallable(() -> sendSync(request, Context.NONE));
  }

  @Override
  public HttpResponse sendSync(HttpRequest request, Context context) {
    requests.add(request);
    var next = prepared.remove();
    if (next.failure() != null) {
      throw next.failure();
    }
    return new Reply(request, next);
  }

  private record Prepared(
      int status, Map<String, String> headers, String body, @Nullable RuntimeException failure) {}

  private static final class Reply extends HttpResponse {
    private final Prepared prepared;

    Reply(HttpRequest request, Prepared prepared) {
      super(request);
      this.prepared = prepared;
    }

    @Override
    public int getStatusCode() {
      return prepared.status();
    }

    @Override
    @Deprecated
    public String getHeaderValue(String name) {
      return prepared.headers().getOrDefault(name, "");
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers(prepared.headers());
    }

    @Override
    public Flux<ByteBuffer> getBody() {
      return Flux.just(StandardCharsets.UTF_8.encode(prepared.body()));
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
      return Mono.just(prepared.body().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Mono<String> getBodyAsString() {
      return Mono.just(prepared.body());
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
      return Mono.just(prepared.body());
    }
  }

  static HttpHeaders headers(Map<String, String> values) {
    var headers = new HttpHeaders();
    values.forEach((name, value) -> headers.set(HttpHeaderName.fromString(name), value));
    return headers;
  }
}
