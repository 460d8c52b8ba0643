package io.holdfast.simulator.plan;

/** What sort of thing happens. The subject and the detail of an {@link Action} depend on it. */
public enum Kind {
  /** A client, a checker or a probe acts. Subject: which behaviour. */
  CLIENT,
  /** A message arrives. Subject: its id. Detail: 1 if no copy of it comes later. */
  DELIVER,
  /** A node's agent has its turn: leases, heartbeat, polls. Subject: the node. */
  ROUND,
  /** A node's agent asks what the service has counted. Subject: the node. */
  ASK,
  /** A gateway's agent asks what is wanted. Subject: the agent. */
  POLL,
  /** A gateway's agent applies, looks, and reports. Subject: the agent. Detail: what goes wrong. */
  WORK,
  /** The service looks at the clock. */
  TICK,
  /** The service reads nothing more from the log. */
  STALL,
  /** It reads again. */
  RESUME,
  /** The service stops, and starts with nothing but its log. */
  RESTART,
  /** A node loses power. Subject: the node. */
  CRASH,
  /** It gets power again, and boots. Subject: the node. */
  BOOT,
  /** A node is cut from the network. Subject: the node. */
  CUT,
  /** The cut is mended. Subject: the node. */
  MEND,
  /** A node's agent stands still; its kernel does not. Subject: the node. */
  HANG,
  /** The agent goes on where it stood. Subject: the node. */
  WAKE,
  /** A node's agent is killed and started anew. Subject: the node. */
  KILL,
  /** Somebody else puts an address up. Subject: the agent whose kernel it is. */
  STRAY,
  /** A kernel loses an address, and nobody says so. Subject: the agent whose kernel it is. */
  LOSE,
  /** Somebody else takes all of these down again. Subject: the agent whose kernel it is. */
  CLEAN
}
