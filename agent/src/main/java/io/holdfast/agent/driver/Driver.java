package io.holdfast.agent.driver;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Carries the addresses and rules of one gateway. One caller at a time, but for {@link #arm} and
 * {@link #renew}: these are called by another thread, also while {@link #look} or {@link #apply}
 * runs (never during {@link #begin} or {@link #clear}), and should take milliseconds.
 *
 * <p>Whatever an action says of its success, only {@link #look} is evidence. Every method may be
 * called after any other, and after another process was killed in the middle of one.
 *
 * <h2>Mark</h2>
 *
 * The name of the gateway's instance lives where its addresses and rules live, and goes when they
 * go: with the namespace, with the boot. An agent that is started anew finds the mark and goes on
 * as the same instance; one that does not find it is a new one. For nftables: a comment of the
 * gateway's table.
 *
 * <h2>Lease</h2>
 *
 * Nothing of Holdfast's may be answered for (ARP, neighbour discovery, traffic) once the lease has
 * run out, even if the agent was killed or stopped: a stopped process cannot fence itself, so the
 * kernel, or another process, has to. And a process can be stopped between any two instructions, so
 * no duration that it worked out may be handed to the kernel as a grant: by then the time may be
 * over. Hence two steps:
 *
 * <ol>
 *   <li>{@link #arm} before the service is asked: a new clock starts to run, on which nothing
 *       depends yet (an nftables element with a timeout in a set no rule looks at);
 *   <li>{@link #renew} after the service has answered: what is there depends on that clock from now
 *       on, instead of on the one before (the rule that gates all traffic to and from Holdfast's
 *       addresses looks at the new element, in one transaction). However late this happens, the
 *       clock has run since {@code arm}.
 * </ol>
 *
 * After {@link #begin} there is no lease yet, and nothing is there to be answered for.
 */
public interface Driver extends AutoCloseable {

  /** The mark; empty if there is none, and then nothing there can be relied on. */
  String instance() throws DriverException;

  /**
   * Does what {@link #clear} does and then, if all is gone, leaves the mark. The next {@link
   * #renew} starts the first lease of this instance.
   *
   * @param instance 1 to 100 letters, digits, '.', '_', '-'
   * @throws DriverException if not everything of Holdfast's is surely gone; then there is no mark
   */
  void begin(String instance) throws DriverException;

  /** All that is there, Holdfast's and others'. */
  Inventory look() throws DriverException;

  /**
   * Only these items, each listed or absent. Costs according to their number, not to what else is
   * there.
   */
  Inventory look(Set<Item> items) throws DriverException;

  /**
   * Makes the change: as one transaction where the kernel allows, and otherwise as much of it as
   * possible. What is added while the lease has run out must not be answered for.
   *
   * @throws DriverException if some of it could not be done; what, is seen by looking
   */
  void apply(Change change) throws DriverException;

  /** Starts the clock of a lease; nothing depends on it yet. Older ones that wait are forgotten. */
  Lease arm(Duration length) throws DriverException;

  /**
   * From now on all that is there depends on this lease.
   *
   * @throws LeaseLapsedException if the present lease or the armed one has run out: nothing was
   *     renewed. A gateway just begun has no lease that could have run out
   * @throws DriverException if it is not known whether it was renewed
   */
  void renew(Lease armed) throws DriverException;

  /**
   * The fence: takes everything down that Holdfast put there, the mark too, fast, and with nothing
   * but what is on this node. Leaves alone what is not Holdfast's.
   *
   * @throws DriverException if not everything is surely gone; it is tried again
   */
  void clear() throws DriverException;

  /**
   * Runs a task where the gateway's interfaces are, on this thread, which is not a virtual one:
   * sockets that it opens and programs that it starts are there. May be called at any time.
   */
  default <T> T inside(Callable<T> task) throws Exception {
    return task.call();
  }

  /** Lets go of the driver's own means; what is on the gateway stays. */
  @Override
  void close();
}
