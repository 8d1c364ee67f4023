package dev.managedidentity.operator.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackagesTest {
  /** What each package may know of the others; the root package, which wires, knows them all. */
  private static final Map<String, Set<String>> KNOWS =
      Map.ofEntries(
          Map.entry("api", Set.of()),
          Map.entry("settings", Set.of("api", "guardrails")),
          Map.entry("plan", Set.of("api")),
          Map.entry("guardrails", Set.of("api", "plan")),
          Map.entry("ownership", Set.of("api")),
          Map.entry("azure", Set.of("plan")),
          Map.entry("azure.budget", Set.of("plan")),
          Map.entry("azure.arm", Set.of("azure", "azure.budget", "plan")),
          Map.entry("admission", Set.of()),
          Map.entry("certificate", Set.of()),
          Map.entry("kube", Set.of("api", "azure", "certificate", "ownership", "plan")),
          Map.entry(
              "identity",
              Set.of(
                  "api",
                  "azure",
                  "guardrails",
                  "inventory",
                  "kube",
                  "ownership",
                  "plan",
                  "proof",
                  "review",
                  "sharding",
                  "workload")),
          Map.entry(
              "binding",
              Set.of(
                  "api",
                  "azure",
                  "guardrails",
                  "inventory",
                  "issuer",
                  "kube",
                  "ownership",
                  "plan",
                  "pods",
                  "proof",
                  "review",
                  "sharding")),
          Map.entry("leadership", Set.of()),
          Map.entry("pods", Set.of("admission", "api", "kube", "ownership", "plan")),
          Map.entry("review", Set.of("admission", "plan")),
          Map.entry("workload", Set.of("api", "kube", "plan")),
          Map.entry("inventory", Set.of("azure", "plan")),
          Map.entry("issuer", Set.of("plan")),
          Map.entry("proof", Set.of("api", "azure", "kube", "plan")),
          Map.entry("sharding", Set.of("api", "azure", "kube", "plan")),
          Map.entry("runtime", Set.of("admission", "azure", "azure.budget", "plan")));

  @Test
  void theScanSeesTheOperator() {
    assertThat(MainClasses.ALL).as("an empty scan would keep every rule").hasSizeGreaterThan(100);
  }

  @Test
  void everyPackageIsInTheMap() {
    var packages =
        MainClasses.ALL.stream()
            .map(PackagesTest::room)
            .filter(room -> !room.isEmpty())
            .collect(Collectors.toSet());

    assertThat(packages).isEqualTo(KNOWS.keySet());
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aPackageKnowsOnlyWhatTheMapAllows(String room) {
    var known = KNOWS.getOrDefault(room, Set.of());

    assertThat(MainClasses.ALL.stream().filter(type -> room(type).equals(room)))
        .flatMap(JavaClass::getDirectDependenciesFromSelf)
        .filteredOn(dependency -> isOurs(dependency.getTargetClass()))
        .filteredOn(dependency -> !room(dependency.getTargetClass()).equals(room))
        .filteredOn(dependency -> !known.contains(room(dependency.getTargetClass())))
        .extracting(Dependency::getDescription)
        .isEmpty();
  }

  static Set<String> rooms() {
    return KNOWS.keySet();
  }

  @Test
  void packagesFormNoCycle() {
    slices()
        .matching(MainClasses.ROOT + ".(**)")
        .should()
        .beFreeOfCycles()
        .because("a package must be understood without the ones above it")
        .check(MainClasses.ALL);
  }

  @Test
  void theProductKnowsNothingOfDevelopment() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.managedidentity.dev..", "org.junit..", "org.assertj..")
        .because("src/dev never ships")
        .check(MainClasses.ALL);
  }

  @Test
  void onlyTheAdapterUsesTheAzureSdk() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..azure.arm..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.azure..", "com.microsoft..", "reactor..")
        .because("everything else speaks of Azure in our own words")
        .check(MainClasses.ALL);
  }

  /** The package below the root package; empty for the root itself. */
  private static String room(JavaClass type) {
    var name = type.getPackageName();
    return name.equals(MainClasses.ROOT) ? "" : name.substring(MainClasses.ROOT.length() + 1);
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith(MainClasses.ROOT);
  }
}
