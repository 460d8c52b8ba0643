package io.holdfast.domain.state;

/** An internal address or source prefix in its VPC, taken by one rule. */
public record BindingKey(String vpc, String inside) implements Comparable<BindingKey> {
  @Override
  public int compareTo(BindingKey other) {
    int byVpc = vpc.compareTo(other.vpc);
    return byVpc != 0 ? byVpc : inside.compareTo(other.inside);
  }
}
