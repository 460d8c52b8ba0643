package io.holdfast.allocator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.report.Report;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private final ObjectNode document = OpenApi.document();

  private JsonNode command(String name) {
    return document.path("paths").path("/v1/networks/{network}/commands/" + name).path("post");
  }

  @Test
  void everyCommandAndReport() {
    for (Class<?> command : Command.class.getPermittedSubclasses()) {
      assertThat(command(command.getSimpleName()).isObject()).as(command.getName()).isTrue();
    }
    for (Class<?> report : Report.class.getPermittedSubclasses()) {
      if (!report.getSimpleName().matches("Seen.*|Absent.*")) {
        assertThat(
                document
                    .path("paths")
                    .has("/v1/networks/{network}/reports/" + report.getSimpleName()))
            .as(report.getName())
            .isTrue();
      }
    }
  }

  @Test
  void fieldsDocsAndDefaults() {
    JsonNode allocate = document.at("/components/schemas/AllocateEip");
    assertThat(allocate.at("/properties/count/default").asInt()).isEqualTo(1);
    assertThat(allocate.at("/properties/count/description").asText()).contains("1 to 256");
    assertThat(allocate.at("/properties/family/enum")).hasSize(3);
    assertThat(allocate.at("/properties/family/default").asText()).isEqualTo("V4");
    assertThat(allocate.at("/properties/ip/default").isNull()).isTrue();
    assertThat(allocate.at("/properties/ip/anyOf/0/format").asText()).isEqualTo("ip-address");
    assertThat(allocate.at("/properties/owner/$ref").asText())
        .isEqualTo("#/components/schemas/Owner");
    assertThat(allocate.path("required")).hasSize(1);
    assertThat(allocate.path("properties").has("meta")).isFalse();
    assertThat(allocate.path("additionalProperties").isBoolean()).isTrue();
    assertThat(command("AllocateEip").path("summary").asText()).isNotEmpty();
  }

  /** The rules of OpenAPI 3.1 that a generator trips over. */
  @Test
  void isSound() {
    assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(document.path("info").path("title").isTextual()).isTrue();
    assertThat(document.path("info").path("version").isTextual()).isTrue();
    Set<String> ids = new HashSet<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        JsonNode operation = method.getValue();
        assertThat(ids.add(operation.path("operationId").asText())).as(path.getKey()).isTrue();
        assertThat(operation.path("responses").size()).isPositive();
        operation
            .path("responses")
            .forEach(r -> assertThat(r.path("description").isTextual()).isTrue());
        List<String> inPath = new ArrayList<>();
        operation
            .path("parameters")
            .forEach(p -> {
              assertThat(p.path("schema").path("type").isTextual()).isTrue();
              if (p.path("in").asText().equals("path")) {
                assertThat(p.path("required").asBoolean()).isTrue();
                inPath.add("{" + p.path("name").asText() + "}");
              }
            });
        assertThat(inPath)
            .containsExactlyInAnyOrderElementsOf(
                List.of(path.getKey().split("/", -1)).stream()
                    .filter(part -> part.startsWith("{"))
                    .toList());
      }
    }
    for (JsonNode reference : document.findValues("$ref")) {
      assertThat(document.at(reference.asText().substring(1)).isObject())
          .as(reference.asText())
          .isTrue();
    }
  }

  @Test
  void everyRouteIsDescribed() {
    try (TestServer server = new TestServer()) {
      JsonNode served = server.get("/openapi.json").json();
      assertThat(served.toString()).isEqualTo(document.toString());
      for (Map.Entry<String, JsonNode> path : served.path("paths").properties()) {
        if (path.getValue().has("get") && !path.getKey().endsWith("/events")) {
          String url = path.getKey().replace("{ip}", "10.0.0.1").replaceAll("\\{[a-zA-Z]+}", "x");
          int status = server.get(url).status();
          assertThat(status).as(url).isIn(200, 404, 422);
          assertThat(server.get(url).field("code")).as(url).isNotEqualTo("NotFound");
        }
      }
    }
  }
}
