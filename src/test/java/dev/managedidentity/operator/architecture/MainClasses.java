package dev.managedidentity.operator.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;

/** The product's own classes, read once. */
final class MainClasses {
  static final String ROOT = "dev.managedidentity.operator";
  static final JavaClasses ALL = new ClassFileImporter().importPath(Path.of("target/classes"));

  private MainClasses() {}
}
