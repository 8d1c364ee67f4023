package dev.managedidentity.operator.azure.arm;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelay;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.management.http.policy.ArmChallengeAuthenticationPolicy;
import com.azure.core.util.Configuration;
import com.azure.core.util.ConfigurationBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import dev.managedidentity.operator.azure.Cloud;
import dev.managedidentity.operator.azure.SubscriptionCredential;
import dev.managedidentity.operator.azure.budget.Budgets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * Builds what speaks to a cloud: an HTTP client, the operator's credentials, and the gateway.
 *
 * <p>The operator's own credential is the whole DefaultAzureCredential: environment, workload
 * identity, managed identity, then the tools of a developer's machine, so that a local run works
 * after {@code az login}. The first that works is kept. AZURE_TOKEN_CREDENTIALS=prod leaves the
 * tools out, which is right in a cluster.
 *
 * <p>In a subscription with a credential of its own, the operator is exactly the configured client:
 * by workload identity where the environment has a token file, else by managed identity. A secret
 * or certificate of the environment belongs to the operator's own client and does not count.
 */
public final class AzureClients {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
  private static final String TOKEN_FILE = "AZURE_FEDERATED_TOKEN_FILE";
  private static final String APPLICATION = "managed-identity-operator";

  private AzureClients() {}

  /**
   * Who the operator is.
   *
   * @param environment variables that say so, such as AZURE_CLIENT_ID
   * @param credentials who it is in subscriptions where it is somebody else
   */
  public record Caller(Map<String, String> environment, List<SubscriptionCredential> credentials) {
    public Caller {
      environment = Map.copyOf(environment);
      credentials = List.copyOf(credentials);
    }
  }

  /**
   * What keeps calls back.
   *
   * @param budgets how many calls each subscription may be sent
   * @param beforeWrite run right before a write is sent; throws when it must not be
   */
  public record Restraints(Budgets budgets, Runnable beforeWrite) {}

  /**
   * A gateway to a cloud.
   *
   * @param timeout how long one call may take
   */
  public static ArmGateway connect(
      Cloud cloud, Duration timeout, InstantSource clock, Caller caller, Restraints restraints) {
    var configuration = configuration(cloud, caller.environment());
    var http = http(cloud, timeout, configuration);
    var scope = cloud.resourceManagerAudience() + "/.default";
    var own = new SignIn(credential(cloud, http, configuration), cloud.authorityHost(), clock);
    var bySubscription = new HashMap<String, HttpPipelinePolicy>();
    for (var other : caller.credentials()) {
      var signIn =
          new SignIn(
              credential(cloud, http, configuration, other),
              place(cloud, configuration, other),
              clock);
      var policy = new ArmChallengeAuthenticationPolicy(signIn, scope);
      other
          .subscriptionIds()
          .forEach(id -> bySubscription.put(id.toLowerCase(Locale.ROOT), policy));
    }
    var authentication =
        new SubscriptionAuthentication(
            cloud.resourceManagerEndpoint(),
            new ArmChallengeAuthenticationPolicy(own, scope),
            bySubscription);
    return new ArmGateway(
        pipeline(http, configuration, authentication, new WriteFence(restraints.beforeWrite())),
        cloud.resourceManagerEndpoint(),
        clock,
        restraints.budgets());
  }

  /** What speaks to a cloud in the place of workloads, with no credential of the operator's. */
  public static ArmWorkloads connectWorkloads(
      Cloud cloud, Duration timeout, InstantSource clock, Map<String, String> environment) {
    var configuration = configuration(cloud, environment);
    return new ArmWorkloads(http(cloud, timeout, configuration), configuration, cloud, clock);
  }

  /** No retry policy, no log of requests: one place retries, and tokens are never logged. */
  static HttpPipeline pipeline(
      HttpClient http, Configuration configuration, HttpPipelinePolicy... last) {
    return new HttpPipelineBuilder()
        .httpClient(http)
        .policies(
            new UserAgentPolicy(APPLICATION, "java", version(), configuration),
            new RequestIdPolicy())
        .policies(last)
        .build();
  }

  static TokenCredential credential(Cloud cloud, HttpClient http, Configuration configuration) {
    var builder =
        new DefaultAzureCredentialBuilder()
            .authorityHost(cloud.authorityHost())
            .httpClient(http)
            .configuration(configuration)
            .retryPolicy(once());
    return (cloud.isCustom() ? builder.disableInstanceDiscovery() : builder).build();
  }

  static TokenCredential credential(
      Cloud cloud, HttpClient http, Configuration configuration, SubscriptionCredential who) {
    var tokenFile = configuration.get(TOKEN_FILE);
    if (tokenFile == null) {
      return new ManagedIdentityCredentialBuilder()
          .clientId(who.clientId())
          .httpClient(http)
          .configuration(configuration)
          .retryPolicy(once())
          .build();
    }
    var builder =
        new WorkloadIdentityCredentialBuilder()
            .tenantId(who.tenantId())
            .clientId(who.clientId())
            .tokenFilePath(tokenFile)
            .authorityHost(cloud.authorityHost())
            .httpClient(http)
            .configuration(configuration)
            .retryPolicy(once());
    return (cloud.isCustom() ? builder.disableInstanceDiscovery() : builder).build();
  }

  private static String place(
      Cloud cloud, Configuration configuration, SubscriptionCredential who) {
    return "%s as client %s of tenant %s"
        .formatted(
            configuration.contains(TOKEN_FILE)
                ? cloud.authorityHost()
                : "the managed identity endpoint of the node",
            who.clientId(),
            who.tenantId());
  }

  /** Not retryOptions: with them managed identity, which sets a policy of its own, fails. */
  private static RetryPolicy once() {
    return new RetryPolicy(new FixedDelay(0, Duration.ofSeconds(1)));
  }

  /** Callers wait on virtual threads, so the client's own work runs on them too. */
  private static HttpClient http(Cloud cloud, Duration timeout, Configuration configuration) {
    var jdk = java.net.http.HttpClient.newBuilder();
    var caFile = cloud.caFile();
    if (caFile != null) {
      jdk.sslContext(TrustedAuthorities.with(caFile));
    }
    return new JdkHttpClientBuilder(jdk)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .connectionTimeout(timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT)
        .writeTimeout(timeout)
        .responseTimeout(timeout)
        .readTimeout(timeout)
        .configuration(configuration)
        .build();
  }

  /** The environment without empty variables; the cloud's authority host counts, not its own. */
  static Configuration configuration(Cloud cloud, Map<String, String> environment) {
    var variables = new HashMap<>(environment);
    variables.values().removeIf(String::isBlank);
    variables.put("AZURE_AUTHORITY_HOST", cloud.authorityHost());
    return new ConfigurationBuilder(_ -> Map.of(), _ -> Map.of(), _ -> variables).build();
  }

  private static String version() {
    var version = AzureClients.class.getPackage().getImplementationVersion();
    return version == null ? "unreleased" : version;
  }
}
