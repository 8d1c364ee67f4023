package dev.managedidentity.dev.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that never outlives this JVM, however the JVM ends.
 *
 * <p>A shell stands between: it starts the program in the background and reads a pipe whose other
 * end only this JVM holds. The pipe ends when {@link #close()} closes it or when the JVM is gone,
 * killed or not, and the shell then kills the program. Portable, unlike Linux's parent death
 * signal.
 */
public final class OwnedProcess implements AutoCloseable {

  /**
   * The watcher runs apart, so that it does its work even when the outer shell is killed. Ctrl-C
   * goes to all of them at once: they leave it to this JVM to decide what it means. The program's
   * children (of Go's: compilers) go too where there is a pkill; else they end by themselves.
   */
  private static final String SHELL =
      """
      trap '' HUP INT
      exec 3<&0 0</dev/null
      "$@" 3<&- &
      program=$!
      (
        trap '' HUP INT TERM
        while read -r line <&3; do :; done
        kill -STOP $program
        pkill -9 -P $program
        kill -9 $program
      ) 2>/dev/null &
      watcher=$!
      exec 3<&-
      wait $program
      status=$?
      kill -9 $watcher 2>/dev/null
      wait $watcher 2>/dev/null
      exit $status
      """;

  private final String name;
  private final Process shell;
  private final LogFile log;

  private OwnedProcess(String name, Process shell, LogFile log) {
    this.name = name;
    this.shell = shell;
    this.log = log;
  }

  /** Starts the program with its output going to a file. */
  public static OwnedProcess start(ProcessCommand command, Path log) {
    var words = new ArrayList<>(List.of("/bin/sh", "-c", SHELL, command.name()));
    words.addAll(command.words());
    var builder =
        new ProcessBuilder(words)
            .directory(command.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(command.variables());
    try {
      return new OwnedProcess(command.name(), builder.start(), new LogFile(log));
    } catch (IOException e) {
      throw new UncheckedIOException(command.name() + " cannot be started", e);
    }
  }

  public String name() {
    return name;
  }

  public LogFile log() {
    return log;
  }

  public boolean isAlive() {
    return shell.isAlive();
  }

  /** Whether the program ends within this time; returns as soon as it does. */
  public boolean exitsWithin(Duration time) {
    try {
      return shell.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + name + " was running");
    }
  }

  public int exitCode() {
    return shell.exitValue();
  }

  /**
   * Sends the program a signal.
   *
   * @param signal by name, such as TERM, STOP or CONT
   */
  public void signal(String signal) {
    try {
      var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).inheritIO().start();
      if (kill.onExit().join().exitValue() != 0) {
        throw new IllegalStateException(name + " cannot be sent " + signal);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The program's number, while it runs. */
  public long pid() {
    return program().pid();
  }

  /** The shell's children are the program and the watcher, which is a shell too. */
  private ProcessHandle program() {
    var shellProgram = shell.info().command();
    return shell
        .children()
        .filter(child -> !child.info().command().equals(shellProgram))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " is not running"));
  }

  /** Kills the program and returns when it is gone. */
  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    shell.onExit().join();
  }
}
