package dev.managedidentity.operator.azure.arm;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.azure.ResourceType;
import dev.managedidentity.operator.azure.arm.ArmReply.Answered;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Knows which version of its API to speak to a resource of any type: the newest that is no preview,
 * as its provider says. A provider is asked once an hour in a subscription.
 */
final class ApiVersions {
  private static final String PROVIDERS_VERSION = "2021-04-01";

  private final ArmCalls calls;
  private final SharedLookUps<Provider, Map<String, String>> lookUps;

  ApiVersions(ArmCalls calls, InstantSource clock) {
    this.calls = calls;
    this.lookUps = new SharedLookUps<>(clock, "an API version");
  }

  /** The version for the resource with this id. */
  Answer<String> find(String id) {
    var type = ResourceType.of(id);
    if (type.isEmpty()) {
      return new Answer.Failed<>(
          new Problem.Rejected(
              Reason.INVALID_REQUEST, "'%s' is no id of an Azure resource.".formatted(id)),
          Receipt.NONE);
    }
    return find(type.get());
  }

  private Answer<String> find(ResourceType type) {
    var provider = new Provider(type.subscriptionId(), type.namespace());
    return ArmCalls.then(
        lookUps.find(provider, () -> lookUp(provider)),
        versions -> {
          var version = versions.value().get(type.type());
          return version == null
              ? new Answer.Failed<>(unknown(type), versions.receipt())
              : new Answer.Done<>(version, versions.receipt());
        });
  }

  private Answer<Map<String, String>> lookUp(Provider provider) {
    var id =
        "/subscriptions/%s/providers/%s".formatted(provider.subscriptionId(), provider.namespace());
    return calls.send(
        ArmRequest.get(Call.FIND_PROVIDER, id, PROVIDERS_VERSION),
        Answered::isSuccess,
        ApiVersions::newest);
  }

  private static Map<String, String> newest(Answered reply) throws IOException {
    var newest = new HashMap<String, String>();
    for (var type : reply.object().objects("resourceTypes")) {
      var name = type.required("resourceType").toLowerCase(Locale.ROOT);
      newest(type.texts("apiVersions")).ifPresent(version -> newest.put(name, version));
    }
    return newest;
  }

  /** A version is a date, with a word behind it when it is none for everybody. */
  private static Optional<String> newest(List<String> versions) {
    var stable = versions.stream().filter(version -> version.length() == "2021-04-01".length());
    return stable
        .max(Comparator.naturalOrder())
        .or(() -> versions.stream().max(Comparator.naturalOrder()));
  }

  private static Problem unknown(ResourceType type) {
    return new Problem.Rejected(
        Reason.IDENTITY_NOT_SUPPORTED, "Azure has no resources of the type %s.".formatted(type));
  }

  /** Who answers for all its types in a subscription. */
  private record Provider(String subscriptionId, String namespace) {}
}
