package io.holdfast.domain.model;

/** The node an owner lives on, and the boot of that node in which it last asked for its address. */
public record NodeBinding(String node, String bootId) implements Fingerprint.Entry {
  @Override
  public void addTo(Fingerprint f) {
    f.add(node).add(bootId);
  }
}
