package dev.managedidentity.operator.apiserver;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Starts one control plane for the whole run when the first test asks for it, and gives each test a
 * namespace; JUnit's stores close both.
 */
public final class ControlPlaneExtension implements ParameterResolver {

  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(ControlPlaneExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == ControlPlane.class || type == TestNamespace.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ControlPlane.class
        ? controlPlane(context)
        : namespace(context);
  }

  /** A constructor that runs for each test gets the namespace of that test. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  /** The control plane of the whole run: Maven makes a run of each class, in one JVM. */
  public static ControlPlane controlPlane(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, STORE)
        .computeIfAbsent(
            ControlPlane.class,
            key -> ControlPlane.start(ControlPlaneOptions.standard()),
            ControlPlane.class);
  }

  /** The namespace of the test. */
  static TestNamespace namespace(ExtensionContext context) {
    return namespace(context, controlPlane(context));
  }

  /** The namespace of the test on this control plane, where the test has one of its own. */
  public static TestNamespace namespace(ExtensionContext context, ControlPlane controlPlane) {
    return context
        .getStore(STORE)
        .computeIfAbsent(
            context.getUniqueId(),
            key -> TestNamespace.create(controlPlane, nameOf(context), labels(context)),
            TestNamespace.class);
  }

  /** The label with which namespaces are taken out of the webhook's reach. */
  private static Map<String, String> labels(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getTestClass(), UsesControlPlane.class)
            .filter(UsesControlPlane::asksWebhook)
            .isPresent()
        ? Map.of()
        : Map.of("managedidentity.dev/webhook", "disabled");
  }

  private static String nameOf(ExtensionContext context) {
    return context
        .getTestMethod()
        .map(method -> method.getName())
        .orElseGet(() -> context.getRequiredTestClass().getSimpleName());
  }
}
