package dev.managedidentity.operator.journey;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lets the tests of a class take a {@link Team} as a parameter, served by a running operator. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OperatorExtension.class)
@interface UsesOperator {
  /** How the operator is set up; another one than the shared one is the class's own. */
  Class<? extends Setup> value() default Setup.Shared.class;
}
