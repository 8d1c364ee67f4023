package dev.managedidentity.operator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.azure.FakeAzure;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.azure.Weather;
import dev.managedidentity.operator.kube.OwnBindings;
import dev.managedidentity.operator.plan.Verdict;
import dev.managedidentity.operator.sharding.ShardWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lives of one identity in bad weather: specs change, calls fail with and without effect, the
 * operator is killed at any moment. It never says Ready unless it is so, and once the weather is
 * good Azure is exactly as asked, at no further call.
 */
class IdentityConvergenceTest {
  private static final int LIVES = 200;
  private static final int MANY = 30;

  private static final String DEFINITIONS = "/providers/Microsoft.Authorization/roleDefinitions/";
  private static final String READER = DEFINITIONS + "00000000-0000-0000-0000-00000000000a";
  private static final String WRITER = DEFINITIONS + "00000000-0000-0000-0000-00000000000b";

  private static final List<String> ROLES =
      List.of(
          "{role: Reader, scope: /subscriptions/s1}",
          "{role: %s, scope: /subscriptions/s1}".formatted(READER),
          "{role: Reader, scope: /subscriptions/S1}",
          "{role: Writer, scope: /subscriptions/s1}",
          "{role: Writer, scope: /subscriptions/s2}");

  static java.util.stream.IntStream lives() {
    return java.util.stream.IntStream.range(0, LIVES);
  }

  @ParameterizedTest
  @MethodSource("lives")
  void endsAsAsked(int seed) {
    var life = new Life(new Random(seed));
    for (var changes = 0; changes < 4; changes++) {
      life.weather.worsen();
      life.edit();
      for (var passes = 0; passes < 5; passes++) {
        life.pass();
      }
      if (life.random.nextBoolean()) { // else the next change finds this one half done
        life.weather.clear();
        life.passUntil(Verdict.Proven.class);
        life.restsWithoutACall();
      }
    }
    life.weather.worsen();
    life.delete();
    for (var passes = 0; passes < 5 && !life.isGone; passes++) {
      life.pass();
    }
    life.weather.clear();
    life.passUntil(Verdict.Progressing.class);
    life.leftNothing();
  }

  /** One resource, what is saved of it, and Azure. */
  private static final class Life {
    private final Random random;
    private final Weather weather;
    private final FakeAzure azure = new FakeAzure();
    private final String name;
    private final IdentityObserver observer =
        Observers.of(azure, new AzureDefaults("sub", "group", "westeurope", Map.of()));
    private final IdentityApplier applier =
        new IdentityApplier(
            azure, OwnBindings.NONE, ShardWriter.NONE, InstantSource.fixed(Instant.EPOCH));
    private ManagedIdentityStatus saved = ManagedIdentityStatus.EMPTY;
    private ManagedIdentity resource = Resource.withSpec("{}");
    private List<String> wanted = List.of();
    private String tag = "";
    private boolean isGone;

    Life(Random random) {
      this.random = random;
      this.weather = new Weather(random);
      this.name = random.nextBoolean() ? "name: orders," : "";
      azure.withRole("Reader", READER).withRole("Writer", WRITER);
      azure.failBy(weather);
    }

    void edit() {
      wanted = ROLES.stream().filter(_ -> random.nextBoolean()).toList();
      tag = "v" + random.nextInt(3);
      resource = Resource.withSpec(spec());
    }

    void delete() {
      resource = Resource.deletedWithSpec(spec());
    }

    private String spec() {
      return "{azure: {%s tags: {v: %s}}, roleAssignments: [%s]}"
          .formatted(name, tag, String.join(", ", wanted));
    }

    /** One pass; nothing is left of it but what was saved when the operator is killed in it. */
    Verdict pass() {
      try {
        return turns();
      } catch (Weather.Killed _) {
        return new Verdict.Troubled(
            new dev.managedidentity.operator.plan.Problem.Unreachable("Killed."), List.of());
      }
    }

    private Verdict turns() {
      var facts = observer.observe(resource, saved, Observers.neighbours());
      for (var turns = 0; turns < MANY; turns++) {
        var plan = IdentityPlanner.plan(facts);
        var outcome = applier.apply(plan, facts.status(), resource);
        weather.mayKill();
        var verdict = IdentityStatusFactory.verdict(facts, plan, outcome);
        var isStuck = verdict instanceof Verdict.Troubled;
        var status = IdentityStatusFactory.status(facts, verdict, outcome, Instant.EPOCH);
        if (isStuck || !resource.isMarkedForDeletion()) {
          saved = status;
        }
        if (verdict instanceof Verdict.Proven) {
          isAsAsked();
        }
        if (isStuck || !plan.hasMore()) {
          isGone = !isStuck && resource.isMarkedForDeletion();
          return verdict;
        }
        weather.mayKill();
        facts = facts.after(status, plan.names());
      }
      throw new AssertionError("The planner goes round in a circle.");
    }

    void passUntil(Class<? extends Verdict> end) {
      var verdicts = new ArrayList<Verdict>();
      do {
        verdicts.add(pass());
        assertThat(verdicts).hasSizeLessThan(MANY);
      } while (!end.isInstance(verdicts.getLast()));
    }

    void restsWithoutACall() {
      azure.takeCalls();
      assertThat(pass()).isInstanceOf(Verdict.Proven.class);
      assertThat(azure.takeCalls()).isEmpty();
    }

    void isAsAsked() {
      assertThat(azure.identities())
          .singleElement()
          .satisfies(
              identity -> {
                assertThat(identity.tags()).containsEntry("v", tag);
                assertThat(identity.clientId()).isEqualTo(saved.clientId());
                assertThat(identity.id().toString()).isEqualTo(saved.resourceId());
              });
      var granted = new TreeSet<String>();
      azure.assignments().forEach(one -> granted.add(grant(one)));
      var asked = new TreeSet<String>();
      resource
          .getSpec()
          .roleAssignments()
          .forEach(one -> asked.add(grant(definition(one.role()), one.scope())));
      assertThat(granted).isEqualTo(asked);
    }

    void leftNothing() {
      assertThat(azure.identities()).isEmpty();
      assertThat(azure.assignments()).isEmpty();
    }

    private String grant(RoleAssignment one) {
      assertThat(one.principalId()).isEqualTo(Objects.requireNonNull(saved.principalId()));
      return grant(one.roleDefinitionId(), one.scope());
    }

    private static String definition(String role) {
      return switch (role) {
        case "Reader" -> READER;
        case "Writer" -> WRITER;
        default -> role;
      };
    }

    private static String grant(String role, String scope) {
      return role.substring(role.lastIndexOf('/') + 1)
          + " at "
          + scope.toLowerCase(java.util.Locale.ROOT);
    }
  }
}
