package dev.managedidentity.operator.azure.arm;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import reactor.core.publisher.Mono;

/** Asks, after all waiting, whether a write may be sent. */
record WriteFence(Runnable beforeWrite) implements HttpPipelinePolicy {
  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    return Mono.defer(
        () -> {
          check(context);
          return next.process();
        });
  }

  @Override
  public HttpResponse processSync(
      HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
    check(context);
    return next.processSync();
  }

  private void check(HttpPipelineCallContext context) {
    if (context.getHttpRequest().getHttpMethod() != HttpMethod.GET) {
      beforeWrite.run();
    }
  }
}
