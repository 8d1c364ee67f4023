package dev.managedidentity.operator.journey;

import dev.managedidentity.operator.apiserver.ControlPlaneExtension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts one operator for the whole run when the first test asks for a {@link Team}. */
final class OperatorExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(OperatorExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Team.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var operator =
        context
            .getRoot()
            .getStore(STORE)
            .computeIfAbsent(
                RunningOperator.class,
                key -> RunningOperator.start(ControlPlaneExtension.controlPlane(context)),
                RunningOperator.class);
    return new Team(ControlPlaneExtension.namespace(context), operator);
  }

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }
}
