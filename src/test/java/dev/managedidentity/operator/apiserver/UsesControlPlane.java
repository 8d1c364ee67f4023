package dev.managedidentity.operator.apiserver;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Lets a test class, its constructor and its methods take a {@link TestNamespace} or the {@link
 * dev.managedidentity.dev.cluster.ControlPlane} as a parameter; safe for tests that run in
 * parallel.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ControlPlaneExtension.class)
public @interface UsesControlPlane {
  /** Whether the webhook of the operator is asked about what is made in the tests' namespaces. */
  boolean asksWebhook() default false;
}
