package dev.managedidentity.dev.demo;

import java.io.Console;
import java.util.Optional;

/**
 * Shows the main job end to end and exits with 0 only when all of it was seen.
 *
 * <p>{@code KEEP=1} leaves everything running, for kubectl, until Ctrl-C.
 */
public final class DemoMain {
  /** Libraries would log into the story; what they have to say comes as exceptions. */
  private static final String QUIET = "dev/managedidentity/dev/demo/log4j2-off.xml";

  private static final int LOG_LINES = 20;

  private DemoMain() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    System.setProperty("log4j2.configurationFile", QUIET);
    var isKept = isKept(System.getenv().getOrDefault("KEEP", ""));
    var narration = new Narration(System.out, isTerminal(), isKept ? Demo.STEPS_KEPT : Demo.STEPS);
    var stage = new Stage(narration);
    var interruption = new Interruption(narration, stage);
    var isSeen = isSeen(narration, stage, isKept, interruption);
    stage.close();
    interruption.disarm();
    System.exit(isSeen ? 0 : 1);
  }

  private static boolean isSeen(
      Narration narration, Stage stage, boolean isKept, Interruption interruption) {
    try {
      new Demo(narration, stage).run(isKept);
      return true;
    } catch (RuntimeException e) {
      if (interruption.isUnderWay()) {
        return false; // it failed because everything is being stopped
      }
      narration.fail(e);
      stage
          .operatorLog(LOG_LINES)
          .ifPresent(log -> narration.announce("The end of the operator's log:\n" + log));
      return false;
    }
  }

  private static boolean isKept(String value) {
    return !value.isEmpty() && !value.equals("0");
  }

  @SuppressWarnings("SystemConsoleNull") // null again since JDK 25 where there is no terminal
  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }
}
