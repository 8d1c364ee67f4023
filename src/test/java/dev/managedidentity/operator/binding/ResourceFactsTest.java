package dev.managedidentity.operator.binding;

import static dev.managedidentity.operator.binding.ResourceSituation.MACHINE;
import static dev.managedidentity.operator.binding.ResourceSituation.entry;
import static dev.managedidentity.operator.binding.ResourceSituation.machine;
import static dev.managedidentity.operator.binding.Situation.ID;
import static dev.managedidentity.operator.binding.Situation.OTHER_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.AssignmentStatus;
import dev.managedidentity.operator.api.AssignmentStatus.State;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.binding.BindingFacts.Look;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
import dev.managedidentity.operator.inventory.Seen;
import dev.managedidentity.operator.inventory.Sighting;
import dev.managedidentity.operator.plan.Problem;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read of an Azure resource, and when Azure is asked. */
class ResourceFactsTest {
  private static final String KEY = MACHINE.toLowerCase(Locale.ROOT);

  private final Neighbourhood around =
      new Neighbourhood().with(Neighbourhood.namespace(Map.of("team", "shop"))).allowingResources();
  private final IdentityBinding binding = Neighbourhood.machineBinding("shop", "binding-1", 30);

  @ParameterizedTest
  @CsvSource({"orders, true", "other, false"})
  void azureIsAskedWhetherTheResourceHasTheIdentity(String identity, boolean isAssigned) {
    around.azure().withResource(machine(new IdentityId("sub", "group", identity)));

    assertThat(observe(IdentityBindingStatus.EMPTY).look())
        .isEqualTo(isAssigned ? new Look.Assigned() : new Look.Bare());
    assertThat(around.azure().takeCalls()).containsExactly("FindResource " + MACHINE);
  }

  @Test
  void aResourceThatIsNotThereIsMissing() {
    assertThat(observe(IdentityBindingStatus.EMPTY).look()).isEqualTo(new Look.Missing());
  }

  @Test
  void whatAzureDoesNotSayIsUnknown() {
    var problem = new Problem.Unreachable("No answer.");
    around.azure().failing(problem);

    assertThat(observe(IdentityBindingStatus.EMPTY).look()).isEqualTo(new Look.Unknown(problem));
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void azureIsNotAskedAboutWhatIsSettled(State state) {
    observe(IdentityBindingStatus.EMPTY.withAssignment(entry(state)));

    if (state == State.REFUSED) {
      assertThat(around.azure().takeCalls()).hasSize(1);
    } else {
      assertThat(around.azure().takeCalls()).isEmpty();
    }
  }

  @Test
  void azureIsAskedAgainWhenAForeignAssignmentIsInDoubt() {
    var foreign = IdentityBindingStatus.EMPTY.withAssignment(entry(State.FOREIGN));
    Seen.present(around.inventory().resources(), KEY, machine(ID));
    observe(foreign);
    assertThat(around.azure().takeCalls()).isEmpty();

    Seen.present(around.inventory().resources(), KEY, machine(OTHER_ID));
    observe(foreign);
    assertThat(around.azure().takeCalls()).hasSize(1);

    Seen.absent(around.inventory().resources(), KEY);
    observe(foreign);
    assertThat(around.azure().takeCalls()).hasSize(1);
  }

  @Test
  void azureIsAskedAgainWhenTheIdentityWasMadeAnew() {
    var old = new AssignmentStatus(MACHINE, ID.toString(), "client-0", State.FOREIGN, null);

    observe(IdentityBindingStatus.EMPTY.withAssignment(old));

    assertThat(around.azure().takeCalls()).hasSize(1);
  }

  @Test
  void tellsWhatTheInventorySaw() {
    Seen.absent(around.inventory().resources(), KEY);

    assertThat(observe(IdentityBindingStatus.EMPTY.withAssignment(entry(State.ASSIGNED))))
        .isEqualTo(
            new Subject.Resource(
                MACHINE,
                new Look.NotAsked(),
                java.util.Optional.of(new Sighting.Absent<AzureResource>())));
    assertThat(around.azure().takeCalls()).isEmpty();
  }

  @Test
  void azureIsNotAskedWhenNothingIsToBeAssigned() {
    Neighbourhood.deleted(binding);
    observe(IdentityBindingStatus.EMPTY);
    around.with((ManagedIdentity) null);
    observe(IdentityBindingStatus.EMPTY);

    assertThat(around.azure().takeCalls()).isEmpty();
  }

  private Subject.Resource observe(IdentityBindingStatus status) {
    return (Subject.Resource) around.observe(binding, status).subject();
  }
}
