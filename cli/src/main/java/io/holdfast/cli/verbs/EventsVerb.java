package io.holdfast.cli.verbs;

import io.holdfast.cli.client.EventStream;
import io.holdfast.cli.client.HoldfastClient;
import io.holdfast.cli.client.Json;
import io.holdfast.cli.client.ServerEvent;
import io.holdfast.cli.client.ServiceException;
import io.holdfast.cli.out.EventLine;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast events}. */
@Command(
    name = "events",
    description = {
      "What happened in the network, oldest first.",
      "-o json: one object per line, {\"id\", \"event\", \"data\"} as the service's stream has them."
    },
    footer = {
      "",
      "Example:",
      "  holdfast events --follow",
      "  holdfast -n prod events --from 1 -o json | jq -c .event"
    })
public final class EventsVerb extends VerbGroup implements Callable<Integer> {
  @Option(
      names = "--from",
      paramLabel = "SEQ",
      description = "Start with this sequence number (1: the very first).")
  private @Nullable Long from;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "20",
      description = "Without --from: start with the last so many (default: ${DEFAULT-VALUE}).")
  private int last;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what happens from now on, until Ctrl-C.")
  private boolean follow;

  @Override
  public Integer call() {
    Session s = session();
    try (HoldfastClient client = s.client()) {
      long first = from != null ? from : Math.max(1, lastSequence(client, s) - last + 1);
      return copy(client, s, first);
    }
  }

  private int copy(HoldfastClient client, Session s, long first) {
    long next = first;
    try (EventStream events = client.events(s.network(), first, follow)) {
      for (Optional<ServerEvent> e = events.next(); e.isPresent(); e = events.next()) {
        print(s, e.get());
        next = e.get().sequence() + 1;
        if (s.terminal().out().checkError()) {
          return ExitCode.DONE; // the reader has enough: events | head
        }
      }
    } catch (ServiceException.NoAnswer broken) {
      return interrupted(s, broken.getMessage(), next);
    }
    return follow ? interrupted(s, "the service ended the stream", next) : ExitCode.DONE;
  }

  private static int interrupted(Session s, @Nullable String why, long next) {
    s.terminal()
        .err()
        .println(
            "holdfast: "
                + why
                + "; go on with: holdfast -n "
                + s.network()
                + " events --follow --from "
                + next);
    return ExitCode.UNREACHABLE;
  }

  /** 0 for a network that has no events yet: following it is no mistake. */
  private static long lastSequence(HoldfastClient client, Session s) {
    try {
      return client.get(s.query()).path("sequence").asLong();
    } catch (ServiceException.Refused e) {
      if (e.problem().status() == 404) {
        return 0;
      }
      throw e;
    }
  }

  private static void print(Session s, ServerEvent e) {
    PrintWriter out = s.terminal().out();
    if (s.json()) {
      out.println(
          Json.object().put("id", e.sequence()).put("event", e.type()).set("data", e.data()));
    } else {
      out.println(EventLine.of(e, s.terminal().colour()));
    }
    out.flush();
  }
}
