package io.holdfast.cli.out;

import java.time.InstantSource;

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
}
