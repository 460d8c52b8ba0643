package io.holdfast.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.holdfast.agent.Eventually;
import io.holdfast.agent.owner.OwnerChecker;
import io.holdfast.agent.owner.Source;
import io.holdfast.agent.owner.UrlTemplate;
import io.holdfast.agent.service.ServiceClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The checker, a real source of owners, and the real service. */
@ExtendWith(OneStack.class)
class OwnerCheckIT {
  private static final int PARALLEL = 4;

  private TestService service;
  private HttpServer source;
  private ServiceClient client;
  private Source asked;

  @SuppressWarnings("NullAway.Init") // every test starts it
  private OwnerChecker checker;

  private final Map<String, Integer> answers = new ConcurrentHashMap<>();
  private final AtomicInteger health = new AtomicInteger(200);
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @BeforeEach
  void start(TestService given) throws Exception {
    service = given;
    service.command(
        "DefinePool",
        "{'pool':'p','family':'V4','ranges':['10.1.69.0/24'],'cooldownMs':1000,'ownerCheck':"
            + "{'confirmations':3,'overMs':600,'retryMinMs':100,'retryMaxMs':400}}");
    source = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    source.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    source.createContext(
        "/vms/",
        exchange -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          requests.incrementAndGet();
          String name = exchange.getRequestURI().getPath().substring(5);
          try {
            Thread.sleep(20); // a source takes its time, or nothing would ever be parallel
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          now.decrementAndGet();
          exchange.sendResponseHeaders(answers.getOrDefault(name, 200), -1);
          exchange.close();
        });
    source.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(health.get(), -1);
          exchange.close();
        });
    source.start();
    URI base = URI.create("http://127.0.0.1:" + source.getAddress().getPort());
    client = new ServiceClient(service.url(), "checker");
    asked =
        new Source(
            new UrlTemplate(base + "/vms/{name}"), base.resolve("/health"), Duration.ofSeconds(2));
  }

  private void check() {
    checker = new OwnerChecker(client, service.network(), asked, Duration.ofMillis(500), PARALLEL);
  }

  @AfterEach
  void stop() {
    checker.close();
    asked.close();
    client.close();
    source.stop(0);
  }

  private String eip(String owner) throws Exception {
    return service
        .command("AllocateEip", "{'owner':{'tenant':'t','kind':'Vm','name':'%s'}}".formatted(owner))
        .at("/grants/0/ip")
        .asText();
  }

  private String phase(String ip) throws Exception {
    return service.address(ip).path("phase").asText();
  }

  private String ownerKnown(String ip) throws Exception {
    for (var condition : service.address(ip).path("conditions")) {
      if (condition.path("type").asText().equals("OwnerKnown")) {
        return condition.path("status").asText();
      }
    }
    return "";
  }

  /** Submariner #3336: errors release nothing; they are tried again, further and further apart. */
  @Test
  void errorsReleaseNothing() throws Exception {
    String a = eip("a");
    String b = eip("b");
    answers.put("a", 500);
    answers.put("b", 302);
    check();
    for (String ip : new String[] {a, b}) {
      Eventually.holds(TestService.SOON, "in doubt", () -> ownerKnown(ip).equals("Unknown"));
    }
    int before = requests.get();
    Eventually.holds(TestService.SOON, "tried again", () -> requests.get() > before + 10);
    assertThat(phase(a)).isEqualTo("Allocated");
    assertThat(phase(b)).isEqualTo("Allocated");
    answers.clear();
    for (String ip : new String[] {a, b}) {
      Eventually.holds(TestService.SOON, "found", () -> ownerKnown(ip).equals("True"));
    }
  }

  /** ABSENT counts from a healthy source only, several times over a time. */
  @Test
  void absentFromAHealthySource() throws Exception {
    String a = eip("a");
    String b = eip("b");
    answers.put("a", 404);
    health.set(503);
    check();
    Eventually.holds(TestService.SOON, "in doubt", () -> ownerKnown(a).equals("Unknown"));
    int before = requests.get();
    Eventually.holds(TestService.SOON, "asked on", () -> requests.get() > before + 10);
    assertThat(phase(a)).isEqualTo("Allocated");
    health.set(200);
    answers.put("a", 410);
    Eventually.holds(TestService.SOON, "released", () -> !phase(a).equals("Allocated"));
    assertThat(phase(b)).isEqualTo("Allocated");
  }

  @Test
  void notMoreThanSoManyAtOnce() throws Exception {
    for (int i = 0; i < 40; i++) {
      eip("o" + i);
    }
    check();
    Eventually.holds(TestService.SOON, "all asked", () -> requests.get() >= 40);
    assertThat(most.get()).isBetween(2, PARALLEL);
  }
}
