package dev.managedidentity.operator.apiserver;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/**
 * Reads every line that this process logs from its start to its end, also those of levels that are
 * not printed, and remembers where there was a token.
 */
public final class LogWatch implements AutoCloseable {
  private static final String OURS = "dev.managedidentity";

  private final LoggerContext context = LoggerContext.getContext(false);
  private final Level printed = context.getConfiguration().getLoggerConfig(OURS).getLevel();
  private final Listener listener = new Listener();

  private LogWatch() {}

  /** Begins to read. */
  public static LogWatch start() {
    var watch = new LogWatch();
    watch.listener.start();
    var configuration = watch.context.getConfiguration();
    configuration
        .getAppenders()
        .values()
        .forEach(appender -> watch.attach(appender, watch.printed));
    watch.attach(watch.listener, Level.ALL);
    configuration.getLoggerConfig(OURS).setLevel(Level.ALL);
    watch.context.updateLoggers();
    return watch;
  }

  /** Names of the loggers that were given tokens, and beginnings of these. */
  public Queue<String> tokens() {
    return listener.tokens;
  }

  private void attach(Appender appender, Level level) {
    var root = context.getConfiguration().getRootLogger();
    root.removeAppender(appender.getName());
    root.addAppender(appender, level, null);
  }

  @Override
  public void close() {
    context.getConfiguration().getRootLogger().removeAppender(listener.getName());
    context.getConfiguration().getLoggerConfig(OURS).setLevel(printed);
    context.updateLoggers();
    listener.stop();
  }

  private static final class Listener extends AbstractAppender {
    private final Queue<String> tokens = new ConcurrentLinkedQueue<>();

    Listener() {
      super(
          "watch",
          null,
          PatternLayout.newBuilder().withPattern("%message%n%throwable").build(),
          false,
          Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      WrittenTokens.in(String.valueOf(getLayout().toSerializable(event)))
          .forEach(token -> tokens.add(event.getLoggerName() + ": " + token));
    }
  }
}
