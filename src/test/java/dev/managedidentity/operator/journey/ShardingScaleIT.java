package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.journal.RequestEntry;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A hundred bindings of one identity: Azure has room for twenty on each. */
@UsesControlPlane
@UsesOperator(ShardingScaleIT.Alone.class)
class ShardingScaleIT {
  /** All that Azure is asked is about these bindings. */
  static final class Alone implements Setup {}

  private static final String GRANT =
      "{role: Reader, scope: /subscriptions/$SUBSCRIPTION/resourceGroups/platform}";

  private final Team team;

  ShardingScaleIT(Team team) {
    this.team = team;
  }

  @Test
  void aHundredBindingsLiveOnFiveIdentitiesAndNoneEverMoves() {
    team.applyIdentity(
        "orders",
        "{federation: {overflow: Shard}, azure: {tags: {team: shop}}, roleAssignments: [%s]}"
            .formatted(GRANT));
    bindings(0, 100).forEach(name -> team.applyBinding(name, "orders"));
    bindings(0, 100).forEach(team::awaitReadyBinding);

    assertShards(5);
    var before = placed(bindings(0, 100).toList());
    var refusedBefore = refusedExchanges();
    assertEachShowsItsOwnClient(before);

    var gone = bindings(0, 100).filter(name -> name.compareTo("b040") < 0).toList();
    gone.forEach(team::deleteBinding);
    bindings(100, 130).forEach(name -> team.applyBinding(name, "orders"));
    bindings(100, 130).forEach(team::awaitReadyBinding);
    gone.forEach(team::awaitNoBinding);

    var stayed = bindings(40, 100).toList();
    assertThat(placed(stayed)).isEqualTo(without(before, gone));
    assertThat(credentialWrites(stayed)).hasSize(stayed.size());
    bindings(40, 130).forEach(team::awaitReadyBinding);
    assertThat(team.azure().control().overlaps()).isZero();
    assertThat(team.azure().control().requests())
        .extracting(RequestEntry::status)
        .doesNotContain(409);
    assertThat(refusedExchanges()).isEqualTo(refusedBefore);
  }

  private void assertShards(int count) {
    var names = IntStream.rangeClosed(1, count).mapToObj(ShardingScaleIT::place).toList();
    assertThat(team.azureIdentities()).hasSize(count);
    for (var name : names) {
      team.awaitReadyIdentity(name);
      assertThat(team.subjects(team.identity(name))).hasSize(20);
      assertThat(team.grants(team.identity(name))).hasSize(1);
    }
    assertThat(team.azure().control().snapshot().identities())
        .filteredOn(identity -> identity.name().contains(team.name()))
        .allSatisfy(identity -> assertThat(identity.tags()).containsEntry("team", "shop"));
  }

  private static String place(int number) {
    return number == 1 ? "orders" : "orders-" + number;
  }

  private void assertEachShowsItsOwnClient(Map<String, IdentityBindingStatus> placed) {
    placed.forEach(
        (name, status) -> {
          var own = team.identity(requireNonNull(status.placement())).clientId();
          assertThat(status.clientId()).isEqualTo(own);
          assertThat(team.annotations(name))
              .containsEntry("azure.workload.identity/client-id", own);
        });
  }

  private static Stream<String> bindings(int from, int until) {
    return IntStream.range(from, until).mapToObj("b%03d"::formatted);
  }

  /** Where bindings are and what they have, without what the clock changes. */
  private Map<String, IdentityBindingStatus> placed(List<String> names) {
    var placed = new TreeMap<String, IdentityBindingStatus>();
    names.forEach(name -> placed.put(name, team.binding(name)));
    return placed;
  }

  private static Map<String, IdentityBindingStatus> without(
      Map<String, IdentityBindingStatus> all, List<String> gone) {
    var rest = new TreeMap<>(all);
    rest.keySet().removeAll(gone);
    return rest;
  }

  private List<RequestEntry> credentialWrites(List<String> names) {
    return team.requests().stream()
        .filter(request -> request.operation().endsWith("federatedIdentityCredentials/write"))
        .filter(request -> names.stream().anyMatch(name -> isOf(name, request)))
        .toList();
  }

  private boolean isOf(String binding, RequestEntry credential) {
    return credential.path().contains("/" + team.name() + "-" + binding + "-");
  }

  private long refusedExchanges() {
    return team.azure().control().requests().stream()
        .filter(request -> request.operation().equals("token/clientAssertion"))
        .filter(request -> request.status() != 200)
        .count();
  }
}
