package dev.managedidentity.dev.demo;

import dev.managedidentity.dev.emulator.control.EmulatorControl;
import dev.managedidentity.dev.emulator.journal.RequestEntry;
import java.util.List;
import java.util.regex.Pattern;

/** What Azure has and what it was asked, in words that fit a line. */
record AzureView(EmulatorControl control) {
  /** The end of a path: the type of a resource and its name, or a namespace and a type. */
  private static final Pattern WHAT = Pattern.compile("[^/]+/[^/]+$");

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
        .filter(request -> request.path().contains("/providers/"))
        .map(AzureView::line)
        .toList();
  }

  private static String line(RequestEntry request) {
    var what = WHAT.matcher(request.path());
    return "  %-6s  %d  %s"
        .formatted(request.method(), request.status(), what.find() ? what.group() : request.path());
  }

  private static String number(List<?> objects, String one, String many) {
    return objects.size() + " " + (objects.size() == 1 ? one : many);
  }
}
