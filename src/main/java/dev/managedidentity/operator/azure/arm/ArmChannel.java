package dev.managedidentity.operator.azure.arm;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import dev.managedidentity.operator.azure.budget.Admission;
import dev.managedidentity.operator.azure.budget.Budgets;
import dev.managedidentity.operator.azure.budget.Pass;
import dev.managedidentity.operator.azure.budget.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;

/**
 * Sends a request to Azure Resource Manager, once, and returns what became of it. Any number of
 * virtual threads may call; the budget of the request's subscription lets them through.
 */
final class ArmChannel {
  /** Reads the body before the answer is returned, so that the time-out covers it. */
  private static final Context WHOLE_BODY = new Context("azure-eagerly-read-response", true);

  private static final String JSON = "application/json";

  private final HttpPipeline pipeline;
  private final String endpoint;
  private final Budgets budgets;
  private final InstantSource clock;

  ArmChannel(HttpPipeline pipeline, String endpoint, Budgets budgets, InstantSource clock) {
    this.pipeline = pipeline;
    this.endpoint = endpoint;
    this.budgets = budgets;
    this.clock = clock;
  }

  ArmReply send(ArmRequest request) {
    try {
      return switch (budgets.enter(request.subscription(), request.limit(), request.object())) {
        case Admission.Admitted(var pass) -> send(request, pass);
        case Admission.Paused(var rest) -> new ArmReply.Held(rest);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ArmReply.Silent(new IllegalStateException(e));
    }
  }

  private ArmReply send(ArmRequest request, Pass pass) {
    Result result = new Result.Unknown();
    try {
      var reply = sendNow(request);
      result = RateLimits.result(reply, clock.instant());
      return reply;
    } finally {
      pass.end(result);
    }
  }

  private ArmReply sendNow(ArmRequest request) {
    try (var response = pipeline.sendSync(http(request), WHOLE_BODY)) {
      var body = response.getBodyAsBinaryData();
      return new ArmReply.Answered(
          response.getStatusCode(), response.getHeaders(), body == null ? "" : body.toString());
    } catch (RuntimeException e) { // the SDK throws many kinds; ProblemClassifier tells them apart
      if (e.getCause() instanceof InterruptedException) { // which the SDK forgot
        Thread.currentThread().interrupt();
      }
      return new ArmReply.Silent(e);
    }
  }

  private HttpRequest http(ArmRequest request) {
    var http = new HttpRequest(request.method(), endpoint + request.target());
    http.setHeader(HttpHeaderName.ACCEPT, JSON);
    var etag = request.etag();
    if (etag != null) {
      http.setHeader(HttpHeaderName.IF_MATCH, etag);
    }
    var body = request.body();
    if (body != null) {
      http.setHeader(HttpHeaderName.CONTENT_TYPE, JSON);
      try {
        http.setBody(BinaryData.fromBytes(body.toJsonBytes()));
      } catch (IOException e) {
        throw new UncheckedIOException("Writing JSON in memory cannot fail", e);
      }
    }
    return http;
  }
}
