package dev.managedidentity.operator.inventory;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** All sweeps of a process, at work until closed. */
public final class Sweeps implements AutoCloseable {
  private final List<Sweep<?>> all;

  /** Sweeps that have not begun. */
  public Sweeps(List<Sweep<?>> all) {
    this.all = List.copyOf(all);
  }

  /** Begins to look at every kind. */
  public static Sweeps start(List<Sweep<?>> sweeps) {
    var started = new Sweeps(sweeps);
    started.start();
    return started;
  }

  /** Begins to look at every kind; once. */
  public void start() {
    all.forEach(Sweep::start);
  }

  /** Hands each kind, and how to ask for the age of its lists, to what shows it. */
  public void showAges(BiConsumer<String, Supplier<Duration>> display) {
    all.forEach(sweep -> display.accept(sweep.kind(), sweep::age));
  }

  /** Stops to look. */
  @Override
  public void close() {
    all.forEach(Sweep::close);
  }
}
