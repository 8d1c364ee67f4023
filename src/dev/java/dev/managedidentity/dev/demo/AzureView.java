package dev.managedidentity.dev.demo;

import dev.managedidentity.dev.emulator.control.EmulatorControl;
import dev.managedidentity.dev.emulator.journal.RequestEntry;
import java.util.List;
import java.util.regex.Pattern;

/** What Azure has and what it was asked, in words that fit a line. */
record AzureView(EmulatorControl control) {
  /** What is the same in every line; an id of a role assignment keeps the scope it is made at. */
  private static final Pattern COMMON =
      Pattern.compile("/subscriptions/[^/]+/(resourceGroups/)?|/?providers/");

  /** How many objects there are, apart from what the emulator was started with. */
  String count() {
    var all = control.snapshot();
    return String.join(
        ", ",
        number(all.identities(), "identity", "identities"),
        number(all.credentials(), "federated credential", "federated credentials"),
        number(all.roleAssignments(), "role assignment", "role assignments"));
  }

  boolean isEmpty() {
    return control.snapshot().isEmpty();
  }

  /** What Resource Manager was asked since the last time, oldest first, a line each. */
  List<String> takeRequests() {
    var requests = control.requests();
    control.resetRequests();
    return requests.stream()
        .filter(request -> request.path().startsWith("/subscriptions/"))
        .map(AzureView::line)
        .toList();
  }

  private static String line(RequestEntry request) {
    var path = COMMON.matcher(request.path()).replaceAll(" ").strip();
    return "  %-6s  %d  %s".formatted(request.method(), request.status(), path);
  }

  private static String number(List<?> objects, String one, String many) {
    return objects.size() + " " + (objects.size() == 1 ? one : many);
  }
}
