package dev.managedidentity.operator;

import dev.managedidentity.operator.admission.AdmissionServer;
import dev.managedidentity.operator.settings.Arguments;
import dev.managedidentity.operator.settings.InvalidSettingsException;
import dev.managedidentity.operator.settings.SettingsReader;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the operator as a process: reads its settings, runs it until the process is told to stop.
 */
public final class OperatorMain {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorMain.class);

  private OperatorMain() {}

  /** Exits with 1, and says why, when the operator cannot start. */
  public static void main(String[] arguments) {
    AdmissionServer.PROCESS_PROPERTIES.forEach(System::setProperty);
    var environment = System.getenv();
    try {
      var file = Arguments.configurationFile(List.of(arguments), environment);
      var settings = SettingsReader.read(file, environment);
      LOG.info("Starting with {}", settings);
      var operator = Wiring.start(settings, environment);
      Runtime.getRuntime().addShutdownHook(new Thread(operator::close, "stop"));
    } catch (InvalidSettingsException e) {
      LOG.error("The operator does not start. {}", e.getMessage());
      System.exit(1);
    } catch (RuntimeException e) {
      LOG.error("The operator does not start", e);
      System.exit(1);
    }
  }
}
