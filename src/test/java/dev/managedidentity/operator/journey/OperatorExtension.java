package dev.managedidentity.operator.journey;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.operator.apiserver.ControlPlaneExtension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Starts one operator for the whole run when the first test asks for a {@link Team}. A class that
 * names a {@link Setup} has one for itself, on a control plane of its own, for two operators would
 * work on the same resources.
 */
final class OperatorExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(OperatorExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Team.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var setup = setup(context);
    if (setup == Setup.Shared.class) {
      var shared = ControlPlaneExtension.controlPlane(context);
      return team(context, operator(context.getRoot().getStore(STORE), setup, shared), shared);
    }
    var store = classOf(context).getStore(STORE);
    var own =
        store.computeIfAbsent(
            ControlPlane.class,
            key -> ControlPlane.start(ControlPlaneOptions.standard()),
            ControlPlane.class);
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
        key -> RunningOperator.start(controlPlane, ReflectionSupport.newInstance(setup)),
        RunningOperator.class);
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
