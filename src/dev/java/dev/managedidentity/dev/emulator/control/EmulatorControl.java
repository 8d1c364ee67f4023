package dev.managedidentity.dev.emulator.control;

import dev.managedidentity.dev.emulator.behaviour.Behaviour;
import dev.managedidentity.dev.emulator.behaviour.Fault;
import dev.managedidentity.dev.emulator.behaviour.FaultRule;
import dev.managedidentity.dev.emulator.behaviour.Faults;
import dev.managedidentity.dev.emulator.behaviour.Limits;
import dev.managedidentity.dev.emulator.behaviour.LockLevel;
import dev.managedidentity.dev.emulator.behaviour.LongRunning;
import dev.managedidentity.dev.emulator.behaviour.Propagation;
import dev.managedidentity.dev.emulator.behaviour.ThrottleRule;
import dev.managedidentity.dev.emulator.behaviour.Throttles;
import dev.managedidentity.dev.emulator.entra.IssuerTrust;
import dev.managedidentity.dev.emulator.journal.ActivityEntry;
import dev.managedidentity.dev.emulator.journal.Journal;
import dev.managedidentity.dev.emulator.journal.RequestEntry;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Turns and reads an emulator from the same process.
 *
 * <p>Operations are named as in the request log, such as {@code userAssignedIdentities/write},
 * {@code userAssignedIdentities/federatedIdentityCredentials/delete}, {@code roleAssignments/write}
 * or {@code token/clientAssertion}; {@code *} stands for any text.
 */
public final class EmulatorControl {
  private final Cloud cloud;
  private final Behaviour behaviour;
  private final Journal journal;
  private final IssuerTrust trust;
  private final Seed seed;
  private final OutOfBand outOfBand;

  public EmulatorControl(
      Cloud cloud, Behaviour behaviour, Journal journal, IssuerTrust trust, Seed seed) {
    this.cloud = cloud;
    this.behaviour = behaviour;
    this.journal = journal;
    this.trust = trust;
    this.seed = seed;
    this.outOfBand = new OutOfBand(cloud, behaviour.clock());
  }

  /** Everything as it was at the start, the time too. */
  public void reset() {
    behaviour.reset();
    resetCounters();
    resetRequests();
    resetActivity();
    cloud.atomically(
        () -> {
          cloud.clear();
          seed.plant(cloud, behaviour.clock().instant());
          return true;
        });
  }

  /** Changes to what exists, made by somebody else's hand. */
  public OutOfBand outOfBand() {
    return outOfBand;
  }

  public Snapshot snapshot() {
    return Snapshot.of(cloud, seed);
  }

  /** Puts the emulator's clock forward: delays pass, tokens expire. */
  public void advanceClock(Duration by) {
    behaviour.clock().advance(by);
  }

  /** How long operations of this name take from now on. */
  public void setLatency(String operation, Duration duration) {
    behaviour.latency().set(operation, duration);
  }

  public void setPropagation(Propagation propagation) {
    behaviour.propagation().set(propagation);
  }

  public Propagation propagation() {
    return behaviour.propagation().get();
  }

  public void setLimits(UnaryOperator<Limits> change) {
    behaviour.limits().updateAndGet(change);
  }

  public Limits limits() {
    return behaviour.limits().get();
  }

  public void throttle(ThrottleRule rule) {
    behaviour.throttles().add(rule);
  }

  /** The limits that Azure documents for this service. */
  public void throttleLikeAzure() {
    Throttles.ofAzure().forEach(this::throttle);
  }

  public void clearThrottles() {
    behaviour.throttles().clear();
  }

  /** Lets matching requests go wrong and returns the id of the rule. */
  public int addFault(FaultRule rule) {
    return behaviour.faults().add(rule);
  }

  /** The rules that are set, each with the number of requests that hang by it now. */
  public List<Faults.Standing> faults() {
    return behaviour.faults().standing();
  }

  /** Removes a rule and lets what hangs by it go on. */
  public void releaseFault(int id) {
    behaviour.faults().release(id);
  }

  public void clearFaults() {
    behaviour.faults().clear();
  }

  /**
   * Writes of resources of this type (a pattern such as {@code Microsoft.Compute/*}) are over when
   * a client has asked so often; 0 makes them immediate again.
   */
  public void setLongRunning(String type, int polls) {
    behaviour.longRunning().set(new LongRunning.Rule(type, polls, Optional.empty()));
  }

  /** The same for writes that have no effect and end in this error. */
  public void setLongRunningFailure(String type, int polls, String code, String message) {
    var failure = new LongRunning.Failure(code, message);
    behaviour.longRunning().set(new LongRunning.Rule(type, polls, Optional.of(failure)));
  }

  /** Does this before the next matching request takes effect, as somebody who was faster. */
  public int beforeNext(String operation, String pathContains, Consumer<OutOfBand> edit) {
    var fault = new Fault.EditFirst(() -> edit.accept(outOfBand));
    return addFault(FaultRule.once(operation, fault).onPath(pathContains));
  }

  public void lock(Scope scope, LockLevel level) {
    behaviour.locks().lock(scope, level);
  }

  public void unlock(Scope scope) {
    behaviour.locks().unlock(scope);
  }

  /** Believes issuers whose TLS certificate these authorities signed. */
  public void trustIssuerAuthority(String pem) {
    trust.add(pem);
  }

  /** Requests by operation since the last reset, refused ones too. */
  public Map<String, Long> counters() {
    return journal.counters();
  }

  /** All requests whose operation matches, since the last reset. */
  public long count(String operation) {
    return journal.count(operation);
  }

  /** Writes of credentials that came while another one on the same identity was under way. */
  public long overlaps() {
    return behaviour.gates().overlaps();
  }

  public void resetCounters() {
    journal.resetCounters();
    behaviour.gates().resetOverlaps();
  }

  public List<RequestEntry> requests() {
    return journal.requests();
  }

  public void resetRequests() {
    journal.resetRequests();
  }

  public List<ActivityEntry> activity() {
    return journal.activity();
  }

  public void resetActivity() {
    journal.resetActivity();
  }
}
