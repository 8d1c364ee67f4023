package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.operator.apiserver.ControlPlaneExtension;
import dev.managedidentity.operator.apiserver.LogWatch;
import dev.managedidentity.operator.apiserver.WrittenTokens;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Starts one operator for the whole run when the first test asks for a {@link Team}. A class that
 * names a {@link Setup} has one for itself, on a control plane of its own, for two operators would
 * work on the same resources.
 *
 * <p>A test fails when afterwards a token can be read in anything that its operator has written.
 */
final class OperatorExtension implements ParameterResolver, AfterEachCallback {
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(OperatorExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Team.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return team(context);
  }

  /** Before the namespace goes, and its Events with it. */
  @Override
  public void afterEach(ExtensionContext context) {
    var team = team(context);
    if (context.getExecutionException().isPresent()) {
      FailureReport.of(team).write(team);
    }
    assertThat(log(context).tokens()).as("tokens in the log").isEmpty();
    assertThat(WrittenTokens.in(team.operator().metrics())).as("tokens in the metrics").isEmpty();
    assertThat(team.written()).as("tokens in the cluster").flatMap(WrittenTokens::in).isEmpty();
  }

  /** One for all operators of the run: they share the log. */
  private static LogWatch log(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, STORE)
        .computeIfAbsent(LogWatch.class, key -> LogWatch.start(), LogWatch.class);
  }

  private static Team team(ExtensionContext context) {
    log(context);
    var setup = setup(context);
    if (setup == Setup.Shared.class) {
      var shared = ControlPlaneExtension.controlPlane(context);
      return team(
          context,
          operator(context.getStore(StoreScope.LAUNCHER_SESSION, STORE), setup, shared),
          shared);
    }
    var store = classOf(context).getStore(STORE);
    var made = made(store, setup);
    var own =
        store.computeIfAbsent(
            ControlPlane.class, key -> ControlPlane.start(made.controlPlane()), ControlPlane.class);
    return team(context, operator(store, setup, own), own);
  }

  private static Team team(
      ExtensionContext context, RunningOperator operator, ControlPlane controlPlane) {
    return new Team(ControlPlaneExtension.namespace(context, controlPlane), operator);
  }

  private static RunningOperator operator(
      Store store, Class<? extends Setup> setup, ControlPlane controlPlane) {
    return store.computeIfAbsent(
        setup, // not the operator's class: a store also finds what the root has under the same key
        key -> RunningOperator.start(controlPlane, made(store, setup)),
        RunningOperator.class);
  }

  /** Closed after the operator and the control plane, if it can be. */
  private static Setup made(Store store, Class<? extends Setup> setup) {
    return store.computeIfAbsent(
        "made " + setup, key -> ReflectionSupport.newInstance(setup), Setup.class);
  }

  private static Class<? extends Setup> setup(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getRequiredTestClass(), UsesOperator.class)
        .orElseThrow()
        .value();
  }

  private static ExtensionContext classOf(ExtensionContext context) {
    var level = context;
    while (level.getTestMethod().isPresent()) {
      level = level.getParent().orElseThrow();
    }
    return level;
  }

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }
}
