package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More bindings than one identity has room for. */
@UsesControlPlane
@UsesOperator
class ShardIT {
  private static final int MANY = 25;

  private final Team team;

  ShardIT(Team team) {
    this.team = team;
  }

  @Test
  void furtherBindingsGetAFurtherIdentityAndNobodyMoves() {
    team.applyIdentity("orders", "{federation: {overflow: Shard}}");
    names().forEach(name -> team.applyBinding(name, "orders"));
    names().forEach(team::awaitReadyBinding);

    var first = clients();
    assertThat(first.values().stream().distinct()).hasSize(2);
    assertThat(team.azureIdentities()).hasSize(2);
    team.eventually(() -> assertThat(team.used("orders")).isEqualTo(20));
    assertThat(team.binding("b21").placement()).isIn("orders", "orders-2");

    var gone = names().stream().filter(name -> name.endsWith("5")).toList();
    gone.forEach(team::deleteBinding);
    gone.forEach(team::awaitNoBinding);
    team.applyBinding("late", "orders");
    team.awaitReadyBinding("late");
    assertThat(clients()).containsAllEntriesOf(without(first, gone));

    var onShard =
        names().stream()
            .filter(name -> !gone.contains(name))
            .filter(name -> "orders-2".equals(team.binding(name).placement()))
            .toList();
    onShard.forEach(team::deleteBinding);
    team.deleteBinding("late");
    onShard.forEach(team::awaitNoBinding);
    team.awaitNoIdentity("orders-2");
    team.eventually(() -> assertThat(team.azureIdentities()).hasSize(1));
  }

  @Test
  void withoutShardsThoseThatDoNotFitAreToldAndOthersWorkOn() {
    team.applyIdentity("orders", "{}");
    names().subList(0, 20).forEach(name -> team.applyBinding(name, "orders"));
    names().subList(0, 20).forEach(team::awaitReadyBinding);

    team.applyBinding("late", "orders");

    assertThat(team.awaitBinding("late", "False", "CredentialQuotaExceeded")).contains("no room");
    assertThat(team.binding("b1").conditions()).anyMatch(one -> one.status().equals("True"));

    team.deleteBinding("b1");
    team.awaitReadyBinding("late");
  }

  private static List<String> names() {
    return IntStream.rangeClosed(1, MANY).mapToObj(number -> "b" + number).toList();
  }

  private Map<String, String> clients() {
    var clients = new HashMap<String, String>();
    for (var name : names()) {
      team.findBinding(name)
          .ifPresent(_ -> clients.put(name, String.valueOf(team.binding(name).clientId())));
    }
    return clients;
  }

  private static Map<String, String> without(Map<String, String> all, List<String> gone) {
    var rest = new HashMap<>(all);
    rest.keySet().removeAll(gone);
    return rest;
  }
}
