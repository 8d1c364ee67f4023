package dev.managedidentity.operator.azure.arm;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/**
 * Authenticates a request as whom the operator is in its subscription. What is in no subscription
 * of its own, such as a management group, is asked for as the operator itself.
 */
final class SubscriptionAuthentication implements HttpPipelinePolicy {
  private final Pattern subscription;
  private final HttpPipelinePolicy own;
  private final Map<String, HttpPipelinePolicy> bySubscription;

  /**
   * Authenticates requests to an endpoint.
   *
   * @param bySubscription policies by the id of the subscription in lower case
   */
  SubscriptionAuthentication(
      String endpoint, HttpPipelinePolicy own, Map<String, HttpPipelinePolicy> bySubscription) {
    var root = URI.create(endpoint).getRawPath();
    this.subscription =
        Pattern.compile(Pattern.quote(root) + "/subscriptions/([^/]+)", Pattern.CASE_INSENSITIVE);
    this.own = own;
    this.bySubscription = Map.copyOf(bySubscription);
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    return policy(context).process(context, next);
  }

  @Override
  public HttpResponse processSync(
      HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
    return policy(context).processSync(context, next);
  }

  private HttpPipelinePolicy policy(HttpPipelineCallContext context) {
    var path = subscription.matcher(context.getHttpRequest().getUrl().getPath());
    return path.lookingAt()
        ? bySubscription.getOrDefault(path.group(1).toLowerCase(Locale.ROOT), own)
        : own;
  }
}
