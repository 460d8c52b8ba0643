package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.client.Json;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code holdfast node drain}. */
class DrainTest {
  private static final String NODE = "/v1/networks/default/nodes/node-1/gateways";
  private static final String MOVE = "/v1/networks/default/commands/RescheduleGateway";
  private static final String RUNS = "{\"gateway\": \"gw-1\", \"current\": true}";
  private static final String LEFT =
      "{\"gateway\": \"gw-2\", \"current\": false, \"unfenced\": [7]}";
  private static final String CANDIDATE =
      "{\"gateway\": \"gw-3\", \"current\": false, \"unfenced\": []}";

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

  private void onNode(String... items) {
    service.on(NODE, 200, "{\"items\": [" + String.join(",", items) + "]}");
  }

  @Test
  void nothingIsThere() {
    onNode(CANDIDATE);
    Shell.Run run = shell.run("node", "drain", "node-1");
    assertThat(run.code()).isZero();
    assertThat(run.out()).isEqualTo("node-1 is drained: 0 gateways moved\n");
    assertThat(service.requests()).noneMatch(r -> r.method().equals("POST"));
  }

  /** Each step is said once; the end is when nothing is left that may still carry something. */
  @Test
  void progress() throws Exception {
    onNode(RUNS, LEFT, CANDIDATE);
    service.on(
        MOVE, 200, "{\"commandId\": \"c\", \"changed\": true, \"sequence\": 9, \"grants\": []}");
    Thread moves =
        Thread.ofVirtual()
            .start(() -> {
              awaitPosts(1);
              onNode(LEFT.replace("gw-2", "gw-1"), CANDIDATE);
              awaitLooks(service.requests().size() + 2);
              onNode(CANDIDATE);
            });
    Shell.Run run = shell.run("node", "drain", "node-1", "--reason", "new kernel");
    moves.join();
    assertThat(run.code()).isZero();
    assertThat(run.out()).isEqualTo("node-1 is drained: 2 gateways moved\n");
    assertThat(run.err())
        .contains("1 of 2 gateways are off node-1; moved, not yet seen empty there: gw-1")
        .contains("2 of 2 gateways are off node-1; nothing is left");
    assertThat(run.err().lines()).doesNotHaveDuplicates();
    ScriptedService.Request post =
        service.requests().stream()
            .filter(r -> r.method().equals("POST"))
            .findFirst()
            .orElseThrow();
    assertThat(post.json().path("gateway").asText()).isEqualTo("gw-1");
    assertThat(post.header("Holdfast-reason")).isEqualTo("new kernel");
  }

  @Test
  void whatIsRefusedStaysAndIsNamed() {
    onNode(RUNS);
    service.on(
        MOVE,
        409,
        "{\"status\": 409, \"code\": \"NoCandidate\", \"detail\": \"no other candidate is up\"}");
    Shell.Run run = shell.run("node", "drain", "node-1");
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).contains("gw-1 stays:").contains("no other candidate is up");
    assertThat(run.out()).isEqualTo("node-1 is not drained: still running there: gw-1\n");
  }

  @Test
  void whatTakesTooLongIsNotDone() {
    onNode(LEFT);
    Shell.Run run = shell.run("node", "drain", "node-1", "--wait", "10ms", "-o", "json");
    assertThat(run.code()).isEqualTo(1);
    assertThat(Json.parse(run.out()).orElseThrow().path("unfenced").get(0).asText())
        .isEqualTo("gw-2");
  }

  private void awaitPosts(int count) {
    while (service.requests().stream().filter(r -> r.method().equals("POST")).count() < count) {
      Thread.onSpinWait();
    }
  }

  private void awaitLooks(int requests) {
    while (service.requests().size() < requests) {
      Thread.onSpinWait();
    }
  }
}
