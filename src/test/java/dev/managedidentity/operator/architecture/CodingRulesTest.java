package dev.managedidentity.operator.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import org.junit.jupiter.api.Test;

class CodingRulesTest {
  @Test
  void aNameSaysWhatATypeIsFor() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .orShould()
        .haveSimpleNameStartingWith("Base")
        .because("such a name could hold anything, and soon does")
        .check(MainClasses.ALL);
  }

  @Test
  void linesGoToTheLog() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
        .because("the log is one line of JSON an event")
        .check(MainClasses.ALL);
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(MainClasses.ALL);
  }

  @Test
  void exceptionsHaveANameOfTheirOwn() {
    NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS
        .because("who catches must know what happened")
        .check(MainClasses.ALL);
  }
}
