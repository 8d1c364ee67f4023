package dev.managedidentity.dev.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** Held by one thread of one process at a time; freed by the system when that process dies. */
final class BuildLock implements AutoCloseable {

  /** File locks belong to a process: between its threads something else must decide. */
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private final FileChannel channel;
  private final FileLock lock;

  private BuildLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /** Waits as long as somebody else holds the lock, after saying so once. */
  static BuildLock acquire(Path file, Runnable beforeWaiting) {
    var isAnnounced = !IN_THIS_PROCESS.tryLock();
    if (isAnnounced) {
      beforeWaiting.run();
      IN_THIS_PROCESS.lock();
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return locked(file, isAnnounced ? () -> {} : beforeWaiting);
    } catch (IOException e) {
      IN_THIS_PROCESS.unlock();
      throw new UncheckedIOException("The lock " + file + " cannot be used", e);
    }
  }

  private static BuildLock locked(Path file, Runnable beforeWaiting) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      var lock = channel.tryLock();
      if (lock == null) {
        beforeWaiting.run();
        lock = channel.lock();
      }
      return new BuildLock(channel, lock);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Fails when the lock was lost, which the file system of the cache may do. */
  void requireHeld() {
    if (!lock.isValid()) {
      throw new IllegalStateException("The build lock was lost");
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }
}
