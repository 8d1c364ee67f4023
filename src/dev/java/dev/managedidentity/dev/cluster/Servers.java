package dev.managedidentity.dev.cluster;

import dev.managedidentity.dev.process.OwnedProcess;
import dev.managedidentity.dev.process.ProcessCommand;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The running processes of one control plane; closing stops them, the last started first. */
final class Servers implements AutoCloseable {

  private final CommandLines commands;
  private final RunFolder folder;
  private final Deque<OwnedProcess> running = new ArrayDeque<>();

  Servers(CommandLines commands) {
    this.commands = commands;
    this.folder = commands.folder();
  }

  /** Starts etcd and the API server together, which waits for etcd by itself. */
  void startApiServer(List<String> furtherFlags, Duration patience, ReadyzProbe probe) {
    var etcd = start(commands.etcd());
    var apiServer = start(commands.apiServer(furtherFlags));
    new Readiness(patience).await(apiServer, List.of(etcd), probe::isReady);
  }

  /** Leaves etcd and the controllers alone; they wait for the API server by themselves. */
  void restartApiServer(List<String> furtherFlags, Duration patience, ReadyzProbe probe) {
    var command = commands.apiServer(furtherFlags);
    var former =
        running.stream().filter(one -> one.name().equals(command.name())).findFirst().orElseThrow();
    former.close();
    running.remove(former);
    var others = List.copyOf(running);
    new Readiness(patience).await(start(command), others, probe::isReady);
  }

  /** The controllers are at work when the first namespace has its service account. */
  void startControllerManager(Duration patience, KubernetesClient admin) {
    var needed = List.copyOf(running);
    var controllerManager = start(commands.controllerManager());
    new Readiness(patience)
        .await(
            controllerManager,
            needed,
            () -> admin.serviceAccounts().inNamespace("default").withName("default").get() != null);
  }

  private OwnedProcess start(ProcessCommand command) {
    var process = OwnedProcess.start(command, folder.log(command.name()));
    running.push(process);
    return process;
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      running.pop().close();
    }
  }
}
