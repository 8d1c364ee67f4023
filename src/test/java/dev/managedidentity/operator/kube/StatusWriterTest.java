package dev.managedidentity.operator.kube;

import static dev.managedidentity.operator.kube.ScriptedApiServer.body;
import static dev.managedidentity.operator.kube.ScriptedApiServer.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.managedidentity.operator.api.AllowedNamespaces;
import dev.managedidentity.operator.api.AzureSpec;
import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.FederationSpec;
import dev.managedidentity.operator.api.IdentityType;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentitySpec;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.ManagementPolicy;
import dev.managedidentity.operator.api.Ownership;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StatusWriterTest {
  private static final String PATCH =
      "/apis/managedidentity.dev/v1alpha1/namespaces/shop/managedidentities/orders/status"
          + "?fieldManager=managed-identity-operator&force=true";
  private static final ManagedIdentityStatus OLD =
      ManagedIdentityStatus.EMPTY.withResource("/old", "westeurope", Ownership.CREATED);
  private static final ManagedIdentityStatus NEW =
      ManagedIdentityStatus.EMPTY.withResource("/new", "westeurope", Ownership.CREATED);

  private static final ManagedIdentityStatus OTHER =
      ManagedIdentityStatus.EMPTY.withResource("/other", "westeurope", Ownership.CREATED);

  private final ScriptedApiServer api = new ScriptedApiServer();
  private final StatusWriter<ManagedIdentityStatus, ManagedIdentity> statuses =
      new StatusWriter<>(api.client(), ManagedIdentity::new);

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void appliesTheStatusAloneToThisVeryResource() {
    answerVersion("8");

    assertThat(statuses.write(resource("7", OLD), NEW)).isTrue();

    var request = api.requests().getFirst();
    assertThat(request.getMethod()).isEqualTo("PATCH");
    assertThat(request.getPath()).isEqualTo(PATCH);
    assertThat(request.getHeader("Content-Type")).isEqualTo("application/apply-patch+yaml");
    var body = body(request);
    assertThat(body.at("/metadata/uid").asText()).isEqualTo("uid-1");
    assertThat(body.at("/metadata").has("resourceVersion")).isFalse();
    assertThat(body.has("spec")).isFalse();
    assertThat(body.at("/status/resourceId").asText()).isEqualTo("/new");
  }

  @Test
  void writesNothingWhereNothingHasChanged() {
    assertThat(statuses.write(resource("7", OLD), OLD)).isTrue();

    assertThat(api.calls()).isEmpty();
  }

  @Test
  void writesNothingTwiceWhileTheCacheIsBehind() {
    answerVersion("8");
    statuses.write(resource("7", OLD), NEW);

    statuses.write(resource("7", OLD), NEW);

    assertThat(api.calls()).hasSize(1);
  }

  @Test
  void knowsWhatItWroteUntilTheCacheHasCaughtUp() {
    answerVersion("10");
    statuses.write(resource("9", OLD), NEW);

    assertThat(statuses.latest(resource("9", OLD))).isEqualTo(NEW);
    assertThat(statuses.latest(resource("10", NEW))).isEqualTo(NEW);
    assertThat(statuses.latest(resource("11", OLD))).as("somebody else wrote").isEqualTo(OLD);
  }

  @Test
  void anEditOfTheSpecThatTheCacheSeesFirstDoesNotBringTheOldStatusBack() {
    answerVersion("12");
    statuses.write(resource("9", OLD), NEW);

    statuses.isMoreThanStatus(edited(resource("11", OLD)), resource("9", OLD));

    assertThat(statuses.latest(resource("11", OLD))).isEqualTo(NEW);
  }

  @Test
  void aPassThatReadTheCacheJustBeforeItCaughtUpReadsWhatItHasSeenSince() {
    answerVersion("10");
    statuses.write(resource("9", OLD), NEW);

    statuses.isMoreThanStatus(resource("10", NEW), resource("9", OLD));
    assertThat(statuses.latest(resource("9", OLD))).isEqualTo(NEW);

    statuses.isMoreThanStatus(resource("11", OTHER), resource("10", NEW));
    assertThat(statuses.latest(resource("9", OLD))).isEqualTo(OTHER);
    assertThat(statuses.latest(resource("12", OLD))).isEqualTo(OLD);
  }

  @Test
  void knowsNothingOfAResourceOfTheSameNameThatCameLater() {
    answerVersion("10");
    statuses.write(resource("9", OLD), NEW);
    var later = resource("9", OLD);
    later.getMetadata().setUid("uid-2");

    assertThat(statuses.latest(later)).isEqualTo(OLD);
  }

  @Test
  void forgetsAResourceThatIsGone() {
    answerVersion("10");
    statuses.write(resource("9", OLD), NEW);

    statuses.forget(resource("9", OLD));

    assertThat(statuses.latest(resource("9", OLD))).isEqualTo(OLD);
  }

  @ParameterizedTest
  @CsvSource({
    "404, gone",
    "409, 'Operation cannot be fulfilled on orders: Precondition failed: UID in precondition: 1'",
    "409, 'uid mismatch: the provided object specified uid 1, and no existing object was found'",
  })
  void tellsThatTheResourceIsGoneOrAnother(int code, String message) {
    api.onPatch(PATCH, code, failure(code, "Gone", message));

    assertThat(statuses.write(resource("7", OLD), NEW)).isFalse();
    assertThat(statuses.latest(resource("7", OLD))).isEqualTo(OLD);
  }

  /** An exception is tried again; what is taken for gone is forgotten. */
  @ParameterizedTest
  @CsvSource({
    "403, no",
    "409, 'the object has been modified; please apply your changes to the latest version'",
    "422, no",
    "500, no",
  })
  void aStatusThatCannotBeSavedIsAnErrorSoThatNothingFollows(int code, String message) {
    api.onPatch(PATCH, code, failure(code, "No", message));
    var resource = resource("7", OLD);

    assertThatThrownBy(() -> statuses.write(resource, NEW))
        .isInstanceOf(KubernetesClientException.class);
    assertThat(statuses.latest(resource)).isEqualTo(OLD);
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("status", false, one -> one.setStatus(NEW)),
        change("version", false, one -> one.getMetadata().setResourceVersion("9")),
        change("managed fields", false, one -> one.getMetadata().setManagedFields(List.of())),
        change("spec", true, StatusWriterTest::edited),
        change("labels", true, one -> one.getMetadata().setLabels(Map.of("a", "b"))),
        change("annotations", true, one -> one.getMetadata().setAnnotations(Map.of("a", "b"))),
        change("finalizers", true, one -> one.getMetadata().setFinalizers(List.of("a/b"))),
        change("deletion", true, one -> one.getMetadata().setDeletionTimestamp("now")));
  }

  private static Arguments change(String what, boolean isMore, Consumer<ManagedIdentity> change) {
    return Arguments.of(what, isMore, change);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("changes")
  void tellsAStatusFromWhatMustBeLookedAt(
      String what, boolean isMore, Consumer<ManagedIdentity> change) {
    var now = resource("8", OLD);
    change.accept(now);

    assertThat(statuses.isMoreThanStatus(now, resource("7", OLD))).as(what).isEqualTo(isMore);
  }

  private void answerVersion(String version) {
    api.onPatch(PATCH, 200, resource(version, NEW));
  }

  private static ManagedIdentity edited(ManagedIdentity resource) {
    resource.getMetadata().setGeneration(4L);
    return resource;
  }

  private static ManagedIdentity resource(String version, ManagedIdentityStatus status) {
    var resource = new ManagedIdentity();
    var metadata = resource.getMetadata();
    metadata.setNamespace("shop");
    metadata.setName("orders");
    metadata.setUid("uid-1");
    metadata.setGeneration(3L);
    metadata.setResourceVersion(version);
    resource.setSpec(
        new ManagedIdentitySpec(
            IdentityType.USER_ASSIGNED,
            null,
            AzureSpec.DEFAULTS,
            ManagementPolicy.MANAGE,
            DeletionPolicy.DELETE,
            AllowedNamespaces.SAME,
            FederationSpec.DEFAULTS,
            List.of()));
    resource.setStatus(status);
    return resource;
  }
}
