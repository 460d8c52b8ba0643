package io.holdfast.cli.session;

/** The root command: every verb gets its session there. */
public interface HasSession {
  Session session();
}
