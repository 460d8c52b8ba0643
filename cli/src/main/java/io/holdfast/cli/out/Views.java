package io.holdfast.cli.out;

import java.time.InstantSource;
import java.util.List;

/**
 * How answers look: one method per answer of the HTTP API.
 *
 * @param colour whether the reader sees colours
 */
public record Views(InstantSource clock, boolean colour) {
  public Times times() {
    return new Times(clock);
  }

  public NetworkViews networks() {
    return new NetworkViews(this);
  }

  public PoolViews pools() {
    return new PoolViews(this);
  }

  public EipViews eips() {
    return new EipViews(this);
  }

  public RuleViews rules() {
    return new RuleViews(this);
  }

  public GatewayViews gateways() {
    return new GatewayViews(this);
  }

  public NodeViews nodes() {
    return new NodeViews(this);
  }

  public QuotaViews quotas() {
    return new QuotaViews(this);
  }

  public WaitingViews waiting() {
    return new WaitingViews(this);
  }

  /** What holds of something and what does not. */
  String conditions(List<Doc> conditions) {
    Table t = new Table("CONDITION", "STATUS", "REASON", "SINCE", "MESSAGE");
    for (Doc c : conditions) {
      String status = c.text("status");
      t.row(
          Cell.of(c.text("type")),
          new Cell(status, Ready.tone(status)),
          Cell.of(c.text("reason")),
          Cell.of(times().relative(c.text("since"))),
          Cell.of(c.text("message")));
    }
    return t.render(colour);
  }
}
