package dev.managedidentity.operator.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import dev.managedidentity.operator.azure.AzureGateway;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PurityTest {
  private static final Pattern PURE_NAMES =
      Pattern.compile(".*(Planner|Plan|Facts|StatusFactory|Coverage)");

  /** What decides and reports: a function of its arguments, so that a table can test it. */
  private static final DescribedPredicate<JavaClass> PURE =
      resideInAnyPackage("..operator.plan..", "..operator.ownership..", "..operator.guardrails..")
          .or(
              resideInAnyPackage(
                      "..operator.identity..",
                      "..operator.binding..",
                      "..operator.proof..",
                      "..operator.certificate..")
                  .and(describe("decide or report", PurityTest::isNamedPure)));

  private static final DescribedPredicate<JavaClass> WORLD =
      resideInAnyPackage(
              "io.fabric8..",
              "io.javaoperatorsdk..",
              "io.micrometer..",
              "com.azure..",
              "java.net..",
              "java.nio.file..",
              "java.io..",
              "java.util.concurrent..",
              "org.slf4j..",
              "org.apache.logging..")
          .or(assignableTo(AzureGateway.class))
          .or(assignableTo(InstantSource.class))
          .or(assignableTo(Random.class))
          .or(equivalentTo(System.class))
          .or(assignableTo(Thread.class));

  @Test
  void whatDecidesTouchesNoClientSocketFileLoggerOrClock() {
    noClasses()
        .that(PURE)
        .should()
        .dependOnClassesThat(WORLD)
        .because("the decision is data: it is printed and tested without a server")
        .check(MainClasses.ALL);
  }

  @Test
  void whatDecidesHoldsOnlyImmutableValues() {
    fields()
        .that()
        .areDeclaredInClassesThat(PURE)
        .should()
        .beFinal()
        .andShould()
        .haveRawType(
            describe(
                "one of our own types or an immutable one of the JDK",
                type ->
                    type.isPrimitive()
                        || type.isEnum()
                        || type.isArray() // the hidden $VALUES of an enum
                        || type.getPackageName().startsWith(MainClasses.ROOT)
                        || type.getPackageName().equals("java.lang")
                        || type.getPackageName().equals("java.time")
                        || type.isEquivalentTo(Pattern.class)
                        || Set.of(List.class, Map.class, Set.class, Optional.class).stream()
                            .anyMatch(type::isEquivalentTo)))
        .because("a plan that somebody else can change is no decision")
        .check(MainClasses.ALL);
  }

  @Test
  void timeAndChanceComeFromOutside() {
    noClasses()
        .should()
        .accessTargetWhere(
            target(owner(equivalentTo(Instant.class).or(assignableTo(ZonedDateTime.class))))
                .and(target(nameMatching("now"))))
        .because("time is an argument")
        .check(MainClasses.ALL);
    noClasses()
        .that()
        .resideOutsideOfPackage(MainClasses.ROOT)
        .should()
        .accessTargetWhere(
            target(owner(equivalentTo(Clock.class).or(equivalentTo(InstantSource.class))))
                .and(target(nameMatching("system.*"))))
        .because("only the wiring chooses the clock")
        .check(MainClasses.ALL);
    noClasses()
        .that()
        .resideOutsideOfPackage("..azure.arm..")
        .should()
        .accessTargetWhere(
            target(owner(equivalentTo(UUID.class))).and(target(nameMatching("randomUUID"))))
        .because("names are derived; only a request to Azure has a random id")
        .check(MainClasses.ALL);
    noClasses()
        .should()
        .accessTargetWhere(
            target(owner(equivalentTo(Thread.class))).and(target(nameMatching("sleep"))))
        .because("a wait is a time to look again, in the plan")
        .check(MainClasses.ALL);
  }

  @Test
  void onlyTheMainClassSeesTheProcess() {
    noClasses()
        .that()
        .doNotHaveSimpleName("OperatorMain")
        .should()
        .accessTargetWhere(
            target(owner(equivalentTo(System.class)))
                .and(target(nameMatching("getenv|exit|getProperty|setProperty"))))
        .because("configuration is read once, in one place")
        .check(MainClasses.ALL);
  }

  @Test
  void onlyAppliersWriteToAzure() {
    noClasses()
        .that(not(simpleNameEndingWith("Applier")))
        .and(not(assignableTo(AzureGateway.class)))
        .should()
        .accessTargetWhere(
            target(owner(assignableTo(AzureGateway.class)))
                .and(target(nameMatching("(write|delete|change).*"))))
        .because("what is not a step of a plan is not done")
        .check(MainClasses.ALL);
  }

  @Test
  void onlyTheStatusWriterWritesStatus() {
    noClasses()
        .that()
        .doNotHaveSimpleName("StatusWriter")
        .should()
        .accessTargetWhere(
            target(
                nameMatching(
                    "(patch|update|replace|edit)Status|subresource|patchResourceAndStatus")))
        .because("a second writer could lose what the first one saw")
        .check(MainClasses.ALL);
  }

  @Test
  void reconcilersRememberNothing() {
    fields()
        .that()
        .areDeclaredInClassesThat()
        .haveSimpleNameEndingWith("Reconciler")
        .should()
        .beFinal()
        .because("a restart must not change what happens")
        .check(MainClasses.ALL);
    classes()
        .that()
        .haveSimpleNameEndingWith("Reconciler")
        .should()
        .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
        .because("reconcilers share records and functions, not a superclass")
        .check(MainClasses.ALL);
  }

  @Test
  void nothingStaticChanges() {
    fields()
        .that()
        .areStatic()
        .and(describe("are written by people", (JavaField field) -> !field.getName().contains("$")))
        .should()
        .beFinal()
        .because("what is static is shared by every test and every operator in the process")
        .check(MainClasses.ALL);
  }

  /** By the name of the outermost type: the steps of a plan are as pure as the plan. */
  private static boolean isNamedPure(JavaClass type) {
    var name = type.getEnclosingClass().map(JavaClass::getSimpleName).orElse(type.getSimpleName());
    return PURE_NAMES.matcher(name).matches();
  }
}
