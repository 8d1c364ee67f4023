package dev.managedidentity.operator.inventory;

import java.util.List;

/** All sweeps of a process, at work until closed. */
public final class Sweeps implements AutoCloseable {
  private final List<Sweep<?>> all;

  private Sweeps(List<Sweep<?>> all) {
    this.all = List.copyOf(all);
  }

  /** Begins to look at every kind. */
  public static Sweeps start(List<Sweep<?>> sweeps) {
    var started = new Sweeps(sweeps);
    started.all.forEach(Sweep::start);
    return started;
  }

  /** Stops to look. */
  @Override
  public void close() {
    all.forEach(Sweep::close);
  }
}
