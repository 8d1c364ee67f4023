package dev.managedidentity.operator.golden;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FakeAzure;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.inventory.Inventory;
import dev.managedidentity.operator.inventory.Seen;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is in Azure, and how it answers.
 *
 * @param roles resource ids of role definitions by name
 * @param identities tags of identities by resource id
 * @param resources resource ids of the identities that other resources have, by resource id
 * @param isSlow whether changes of resources take their time
 * @param missed resource ids of credentials that the inventory did not see any more
 * @param answers of the first calls, in order: Done, or the word of a reason
 */
record AzureScript(
    Map<String, String> roles,
    Map<String, Map<String, String>> identities,
    Map<String, List<String>> resources,
    @JsonProperty("slow") boolean isSlow,
    List<String> missed,
    List<String> answers) {
  /** Fills in what the YAML left out: Jackson passes null for it. */
  AzureScript {
    roles = roles == null ? Map.of() : Map.copyOf(roles);
    identities = identities == null ? Map.of() : Map.copyOf(identities);
    resources = resources == null ? Map.of() : Map.copyOf(resources);
    missed = missed == null ? List.of() : List.copyOf(missed);
    answers = answers == null ? List.of() : List.copyOf(answers);
  }

  FakeAzure azure() {
    var azure = new FakeAzure();
    roles.forEach(azure::withRole);
    identities.forEach((id, tags) -> azure.withIdentity(IdentityId.parse(id), tags));
    resources.forEach(
        (id, assigned) -> azure.withResource(AzureResource.of(id, null, null, assigned)));
    if (isSlow) {
      azure.slow(1);
    }
    for (var answer : answers) {
      switch (answer) {
        case "Done" -> azure.answering();
        case "Throttled" ->
            azure.failing(new Problem.Throttled(Duration.ofSeconds(30), "Azure said slow down."));
        case "Unreachable" -> azure.failing(new Problem.Unreachable("Azure did not answer."));
        case "AuthorizationFailed" ->
            azure.failing(new Problem.Denied(Reason.AUTHORIZATION_FAILED, "Azure said no."));
        case "ResourceGroupNotFound" ->
            azure.failing(
                new Problem.Missing(Reason.RESOURCE_GROUP_NOT_FOUND, "Azure knows no such group."));
        default -> throw new IllegalArgumentException("No such answer: " + answer);
      }
    }
    return azure;
  }

  Inventory inventory() {
    var inventory = Seen.inventory();
    missed.forEach(id -> Seen.absent(inventory.credentials(), id.toLowerCase(Locale.ROOT)));
    return inventory;
  }
}
