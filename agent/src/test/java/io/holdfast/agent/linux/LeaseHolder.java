package io.holdfast.agent.linux;

import io.holdfast.agent.driver.LeaseLapsedException;
import java.nio.file.Path;
import java.time.Duration;

/** A process of its own that keeps a gateway's lease, for tests to stop and kill. */
final class LeaseHolder {
  static final int LAPSED = 7;

  private LeaseHolder() {}

  /** Arguments: namespace, table, length of the lease in ms. */
  static void main(String[] args) throws Exception {
    LinuxGateway gateway = new LinuxGateway(Path.of(args[0]), "ext", "int", args[1], Duration.ZERO);
    Duration length = Duration.ofMillis(Long.parseLong(args[2]));
    try (LinuxDriver driver = LinuxDriver.open(gateway)) {
      while (true) {
        driver.renew(driver.arm(length));
        IO.println("renewed");
        Thread.sleep(length.toMillis() / 10);
      }
    } catch (LeaseLapsedException e) {
      System.exit(LAPSED);
    }
  }

  static Process start(LinuxGateway gateway, Duration length) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LeaseHolder.class.getName(),
                gateway.namespace().toString(),
                gateway.table(),
                Long.toString(length.toMillis()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (!"renewed".equals(process.inputReader().readLine())) {
      throw new IllegalStateException("the lease holder did not start");
    }
    return process;
  }
}
