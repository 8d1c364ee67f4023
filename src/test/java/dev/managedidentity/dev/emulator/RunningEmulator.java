package dev.managedidentity.dev.emulator;

import dev.managedidentity.dev.emulator.control.EmulatorControl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One emulator for the tests of a class, as new for each of them. */
final class RunningEmulator implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private final EmulatorOptions options;
  private @Nullable AzureEmulator emulator;
  private @Nullable ArmClient client;

  RunningEmulator() {
    this(EmulatorOptions.defaults());
  }

  RunningEmulator(EmulatorOptions options) {
    this.options = options;
  }

  AzureEmulator azure() {
    if (emulator == null) {
      throw new IllegalStateException("The emulator runs only while tests do");
    }
    return emulator;
  }

  ArmClient client() {
    if (client == null) {
      throw new IllegalStateException("The emulator runs only while tests do");
    }
    return client;
  }

  EmulatorControl control() {
    return azure().control();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    var started = AzureEmulator.start(options);
    emulator = started;
    client = new ArmClient(started);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    control().reset();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    client().close();
    azure().close();
  }
}
