package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code holdfast agent} and {@code holdfast checker}: what they take, and that they begin. */
class AgentVerbsTest {
  private static final String HEARTBEAT = "/v1/networks/prod/reports/NodeHeartbeat";

  @TempDir private Path folder;
  private ScriptedService service;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    service = new ScriptedService();
    shell = new Shell(service.url());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          agent                                             | Missing required option: '--node
          agent --node n1 --exec /nowhere/it                | /nowhere/it is not a program that can be run
          agent --node n1 --probe gw-1                      | 'gw-1' is not GATEWAY=TARGET
          agent --node n1 --probe gw-1=smtp://10.0.0.1      | --probe:
          agent --node n1 --look-every soon                 | 'soon' is not a duration
          checker                                           | Missing required option: '--url
          checker --url http://cmdb/vms                     | --url:
          checker --url http://cmdb/{uid} --parallel 0      | '0'; allowed: 1 to 1000
          """)
  void wrong(String typed, String said) {
    Shell.Run run = shell.run(typed.split(" +", -1));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(said).doesNotContain("\tat ");
  }

  private static CompletableFuture<Integer> begin(Shell shell, String... args) {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Thread.ofPlatform().name("verb").start(() -> code.complete(shell.run(args).code()));
    return code;
  }

  private static void interruptVerb() {
    Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().equals("verb"))
        .forEach(Thread::interrupt);
  }

  private void awaits(String path) {
    while (service.requests().stream().noneMatch(r -> r.path().startsWith(path))) {
      Thread.onSpinWait();
    }
  }

  /** It makes its node known, and keeps a second one of that node away. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void agent() throws Exception {
    service.on("/v1/networks/prod/nodes/n1/gateways", 200, "{\"bootId\": \"\", \"items\": []}");
    service.on(HEARTBEAT, 202, "{\"reportId\": \"r\"}");
    String[] args = {
      "agent", "-n", "prod", "--node", "n1", "--exec", program(), "--run-dir", folder.toString()
    };
    CompletableFuture<Integer> first = begin(shell, args);
    awaits(HEARTBEAT);
    ScriptedService.Request beat =
        service.requests().stream()
            .filter(r -> r.path().equals(HEARTBEAT))
            .findFirst()
            .orElseThrow();
    assertThat(beat.json().path("node").asText()).isEqualTo("n1");
    assertThat(beat.json().path("bootId").asText())
        .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
    Shell.Run second = shell.run(args);
    assertThat(second.code()).isEqualTo(1);
    assertThat(second.err()).contains("n1");
    interruptVerb();
    assertThat(first.get()).isNotZero();
  }

  @Test
  void checker() throws Exception {
    CompletableFuture<Integer> run =
        begin(shell, "checker", "-n", "prod", "--url", service.url() + "/vms/{uid}");
    awaits("/v1/networks/prod");
    interruptVerb();
    assertThat(run.get()).isNotZero();
  }

  private String program() throws IOException {
    Path file = folder.resolve("gateway.sh");
    Files.writeString(file, "#!/bin/sh\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file.toString();
  }
}
