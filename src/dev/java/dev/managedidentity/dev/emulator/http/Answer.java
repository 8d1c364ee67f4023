package dev.managedidentity.dev.emulator.http;

/** What a client gets to see of its request. */
public sealed interface Answer permits Answer.Dropped, Reply {

  /** The connection is closed with no byte sent, as when a proxy or a server dies. */
  record Dropped() implements Answer {}

  /** The status that the server meant to send; a dropped answer has none of its own. */
  default int status() {
    return switch (this) {
      case Reply reply -> reply.statusCode();
      case Dropped _ -> 0;
    };
  }
}
