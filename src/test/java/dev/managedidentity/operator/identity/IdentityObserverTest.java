package dev.managedidentity.operator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.ManagementPolicy;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.api.RoleAssignmentSpec;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.azure.FakeAzure;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.identity.IdentityFacts.Existing;
import dev.managedidentity.operator.identity.IdentityFacts.Goal;
import dev.managedidentity.operator.identity.IdentityFacts.Lifetime;
import dev.managedidentity.operator.identity.IdentityFacts.Role;
import dev.managedidentity.operator.identity.IdentityFacts.User;
import dev.managedidentity.operator.ownership.DerivedNames;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IdentityObserverTest {
  private static final ManagedIdentityStatus NONE = ManagedIdentityStatus.EMPTY;
  private static final AzureDefaults NO_DEFAULTS = new AzureDefaults(null, null, null, Map.of());
  private static final AzureDefaults DEFAULTS =
      new AzureDefaults("sub", "group", "westeurope", Map.of("cost", "7", "Team", "platform"));
  private static final String CHOSEN = "{azure: {name: orders}}";
  private static final IdentityId ID = new IdentityId("sub", "group", "orders");
  private static final String CONTENT =
      Content.of(
          ((Goal.Defined)
                  new IdentityGoals(DEFAULTS, "cluster-1").goal(Resource.withSpec(CHOSEN), NONE))
              .definition());
  private static final ManagedIdentityStatus NAMED =
      NONE.withResource(ID.toString(), "westeurope", Ownership.CREATED);
  private static final ManagedIdentityStatus WRITTEN =
      NAMED.withIdentity("client-1", "principal-1", "tenant").withContent(CONTENT, List.of());
  private static final Problem LOST = new Problem.Unreachable("No answer.");

  private final FakeAzure azure = new FakeAzure().withRole("Reader", "/definitions/1");

  @Test
  void whatTheSpecLeavesOutComesFromTheConfigurationAndTheNameIsDerived() {
    var definition = definition(observe(Resource.withSpec("{}"), NONE));

    assertThat(definition.id())
        .isEqualTo(new IdentityId("sub", "group", DerivedNames.identity(Situation.OWNER)));
    assertThat(definition.location()).isEqualTo("westeurope");
    assertThat(definition.isRegional()).isFalse();
    assertThat(definition.tags())
        .containsEntry("cost", "7")
        .containsEntry("managedidentity.dev.cluster", "cluster-1")
        .containsEntry("managedidentity.dev.namespace", "shop")
        .containsEntry("managedidentity.dev.name", "orders")
        .containsEntry("managedidentity.dev.uid", "uid-1");
    assertThat(azure.takeCalls()).isEmpty();
  }

  @Test
  void whatTheSpecSaysCounts() {
    var spec =
        """
        {azure: {name: mine, subscriptionId: s, resourceGroup: g, location: l, isolationScope: Regional}}
        """;

    var definition = definition(observe(Resource.withSpec(spec), NONE));

    assertThat(definition.id()).isEqualTo(new IdentityId("s", "g", "mine"));
    assertThat(definition.location()).isEqualTo("l");
    assertThat(definition.isRegional()).isTrue();
  }

  /** To Azure the names of tags are equal when they differ in case alone: it refuses both. */
  @Test
  void aTagOfTheSpecReplacesTheSameOfTheConfigurationInWhateverCase() {
    var definition = definition(observe(Resource.withSpec("{azure: {tags: {team: shop}}}"), NONE));

    assertThat(definition.tags())
        .containsEntry("team", "shop")
        .containsEntry("cost", "7")
        .doesNotContainKey("Team");
  }

  @Test
  void aNameOncePinnedIsKeptWhenTheConfigurationChanges() {
    var status =
        NONE.withResource(
            "/subscriptions/old/resourceGroups/old/providers"
                + "/Microsoft.ManagedIdentity/userAssignedIdentities/old",
            "oldregion",
            Ownership.CREATED);

    var definition = definition(observe(Resource.withSpec("{}"), status));

    assertThat(definition.id()).isEqualTo(new IdentityId("old", "old", "old"));
    assertThat(definition.location()).isEqualTo("oldregion");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                      | spec.azure.subscriptionId,"
            + " spec.azure.resourceGroup, spec.azure.location",
        "{azure: {subscriptionId: s}}                            | spec.azure.resourceGroup,"
            + " spec.azure.location",
        "{azure: {subscriptionId: s, resourceGroup: g}}          | spec.azure.location",
        "{azure: {location: l}}                                  | spec.azure.subscriptionId,"
            + " spec.azure.resourceGroup",
      })
  void everyFieldThatIsMissingIsNamed(String spec, String missing) {
    var facts = observe(Resource.withSpec(spec), NONE, NO_DEFAULTS);

    assertThat(facts.goal())
        .isEqualTo(
            new Goal.Undefined(
                new Problem.Rejected(
                    Reason.CONFIGURATION_INCOMPLETE,
                    "Neither the spec nor the operator's configuration says " + missing + ".")));
    assertThat(facts.existing()).isEqualTo(new Existing.NotAsked());
    assertThat(azure.takeCalls()).isEmpty();
  }

  @Test
  void tellsWhetherTheResourceLivesAndWhoUsesIt() {
    var users = new User[] {new User("a/b", true), new User("c/d", false)};

    var facts =
        observer(DEFAULTS)
            .observe(
                Resource.deletedWithSpec("{deletionPolicy: Retain}"),
                NONE,
                Observers.neighbours(users));

    assertThat(facts.lifetime())
        .isEqualTo(new Lifetime(3, true, ManagementPolicy.MANAGE, DeletionPolicy.RETAIN));
    assertThat(facts.uses().users()).containsExactly(users);
    assertThat(facts.owner()).isEqualTo(Situation.OWNER);
  }

  @Test
  void asksOnceWhoseAChosenNameIsUntilItIsWritten() {
    assertThat(observe(Resource.withSpec(CHOSEN), NONE).existing())
        .isEqualTo(new Existing.Absent());
    assertThat(azure.takeCalls()).containsExactly("FindIdentity orders");

    assertThat(observe(Resource.withSpec(CHOSEN), NAMED).existing())
        .isEqualTo(new Existing.Absent());
    assertThat(azure.takeCalls()).containsExactly("FindIdentity orders");

    assertThat(observe(Resource.withSpec(CHOSEN), WRITTEN).existing())
        .isEqualTo(new Existing.NotAsked());
    assertThat(azure.takeCalls()).isEmpty();
  }

  @Test
  void asksAgainBeforeAChosenNameIsDeleted() {
    observe(Resource.deletedWithSpec(CHOSEN), WRITTEN);
    assertThat(azure.takeCalls()).containsExactly("FindIdentity orders");

    observe(Resource.deletedWithSpec(CHOSEN), NONE);
    assertThat(azure.takeCalls()).as("nothing was ever named").isEmpty();
  }

  @Test
  void asksNothingWhereNothingWouldBeDeletedNow() {
    observe(Resource.deletedWithSpec("{azure: {name: orders}, deletionPolicy: Retain}"), WRITTEN);
    observer(DEFAULTS)
        .observe(
            Resource.deletedWithSpec(CHOSEN),
            WRITTEN,
            Observers.neighbours(new User("shop/api", true)));

    assertThat(azure.takeCalls()).isEmpty();
  }

  @Test
  void neverAsksWhoseADerivedNameIs() {
    var derived = new IdentityId("sub", "group", DerivedNames.identity(Situation.OWNER)).toString();

    observe(Resource.withSpec("{}"), NONE.withResource(derived, "westeurope", Ownership.CREATED));
    observe(
        Resource.deletedWithSpec("{}"),
        NONE.withResource(derived, "westeurope", Ownership.CREATED));

    assertThat(azure.takeCalls()).isEmpty();
  }

  @Test
  void knowsItsOwnIdentityByItsTagsEvenOfAnEarlierLife() {
    var tags = new java.util.HashMap<>(Situation.OWNER.tags());
    tags.put("managedidentity.dev.uid", "uid-0");
    azure.withIdentity(ID, tags);

    assertThat(observe(Resource.withSpec(CHOSEN), NONE).existing())
        .isInstanceOf(Existing.Ours.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "managedidentity.dev.cluster   | other | belongs to ManagedIdentity shop/orders of cluster"
            + " other",
        "managedidentity.dev.namespace | other | belongs to ManagedIdentity other/orders of cluster"
            + " cluster-1",
        "managedidentity.dev.name      | other | belongs to ManagedIdentity shop/other of cluster"
            + " cluster-1",
        "managedidentity.dev.name      |       | carries no owner's tags",
      })
  void knowsAStrangersIdentity(String tag, String value, String description) {
    var tags = new java.util.HashMap<>(Situation.OWNER.tags());
    tags.compute(tag, (_, _) -> value);
    azure.withIdentity(ID, tags);

    assertThat(observe(Resource.withSpec(CHOSEN), NONE).existing())
        .isInstanceOfSatisfying(
            Existing.Foreign.class,
            foreign ->
                assertThat(foreign.obstacle())
                    .hasValue(
                        new Problem.Refused(
                            Reason.OWNED_BY_ANOTHER,
                            "The identity %s exists and %s.".formatted(ID, description))));
  }

  @Test
  void aFailedQuestionIsNotTakenForAbsence() {
    azure.failing(LOST);

    assertThat(observe(Resource.withSpec(CHOSEN), NONE).existing())
        .isEqualTo(new Existing.Unknown(LOST));
  }

  private static final RoleAssignmentSpec READER =
      new RoleAssignmentSpec("Reader", "/subscriptions/s1", null, null);
  private static final String DEFINITION =
      "/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-00000000000a";
  private static final String GRANTED =
      "{roleAssignments: [{role: Reader, scope: /subscriptions/s1}]}";

  @ParameterizedTest
  @EnumSource(State.class)
  void looksARoleUpOnlyBeforeItIsNamed(State state) {
    var status = WRITTEN.withRole(Situation.entry(READER, state));

    var facts = observe(Resource.withSpec(GRANTED), status);

    var isAsked = state == State.REFUSED;
    assertThat(facts.roles())
        .containsExactly(
            Map.entry(READER, isAsked ? new Role.Found("/definitions/1") : new Role.NotAsked()));
    assertThat(azure.takeCalls()).hasSize(isAsked ? 1 : 0);
  }

  @Test
  void needsNoLookUpForARoleById() {
    var spec = "{roleAssignments: [{role: %s, scope: /subscriptions/s1}]}".formatted(DEFINITION);

    assertThat(observe(Resource.withSpec(spec), NONE).roles().values())
        .containsExactly(new Role.Found(DEFINITION));
    assertThat(azure.takeCalls()).isEmpty();
  }

  @Test
  void tellsWhyARoleHasNoDefinition() {
    azure.failing(LOST);

    assertThat(observe(Resource.withSpec(GRANTED), NONE).roles().values())
        .containsExactly(new Role.NotFound(LOST));
  }

  @Test
  void looksNoRoleUpForWhatIsBeingDeletedOrNotConfigured() {
    observe(Resource.deletedWithSpec(GRANTED), NONE);
    observe(Resource.withSpec(GRANTED), NONE, NO_DEFAULTS);

    assertThat(azure.takeCalls()).isEmpty();
  }

  private IdentityFacts observe(ManagedIdentity resource, ManagedIdentityStatus status) {
    return observe(resource, status, DEFAULTS);
  }

  private IdentityFacts observe(
      ManagedIdentity resource, ManagedIdentityStatus status, AzureDefaults defaults) {
    return observer(defaults).observe(resource, status, Observers.neighbours());
  }

  private IdentityObserver observer(AzureDefaults defaults) {
    return Observers.of(azure, defaults);
  }

  private static IdentityDefinition definition(IdentityFacts facts) {
    return ((Goal.Defined) facts.goal()).definition();
  }
}
