package io.holdfast.projector.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The images that docker-compose.yml names. */
public final class ContainerBackends implements Backends {
  private static final String KAFKA = "apache/kafka:4.3.1";
  private static final String POSTGRESQL = "postgres:18";

  private final KafkaContainer kafka = new KafkaContainer(KAFKA);
  private final PostgreSQLContainer postgresql = new PostgreSQLContainer(POSTGRESQL);

  public ContainerBackends() {
    // A port of ours, because Docker gives another one at each start of a container.
    postgresql.setPortBindings(List.of(freePort() + ":5432"));
    postgresql.waitingFor(Wait.forListeningPort());
    kafka.start();
    postgresql.start();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String bootstrapServers() {
    return kafka.getBootstrapServers();
  }

  @Override
  public String jdbcUrl() {
    String url = postgresql.getJdbcUrl();
    return url
        + (url.contains("?") ? "&" : "?")
        + "user="
        + postgresql.getUsername()
        + "&password="
        + postgresql.getPassword();
  }

  @Override
  public void withoutDatabase(Runnable meanwhile) {
    var docker = postgresql.getDockerClient();
    docker.stopContainerCmd(postgresql.getContainerId()).exec();
    meanwhile.run();
    docker.startContainerCmd(postgresql.getContainerId()).exec();
  }

  @Override
  public void close() {
    postgresql.close();
    kafka.close();
  }
}
