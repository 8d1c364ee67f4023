package dev.managedidentity.operator.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a record component a key of the configuration. Required unless it may be null. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Property {
  /** What its values look like. */
  Syntax syntax();

  /** The value when none is given, as the file would spell it; empty for none. */
  String fallback() default "";

  /** What it is for, as Markdown. */
  String description();
}
