package io.holdfast.agent.linux;

import io.holdfast.agent.linux.kernel.Netns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** For tests on one gateway: it has begun, is without a lease, and has a host behind it. */
abstract class OpenGateway {
  final TestNet net = new TestNet();
  LinuxGateway gateway;
  LinuxDriver driver;
  Netns inside;

  @BeforeEach
  void open() throws Exception {
    gateway = net.gateway("gw");
    inside = net.netns("gw-in");
    driver = LinuxDriver.open(gateway);
    driver.begin("first");
  }

  @AfterEach
  void close() {
    driver.close();
    net.close();
  }
}
