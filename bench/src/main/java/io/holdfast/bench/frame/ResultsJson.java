package io.holdfast.bench.frame;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;

/** Results for programs. */
public final class ResultsJson {
  private ResultsJson() {}

  public static ObjectNode of(Results results) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode figures = root.putArray("figures");
    for (Results.Part part : results.parts()) {
      for (Figure figure : part.figures()) {
        add(figures.addObject().put("benchmark", part.word()), figure);
      }
    }
    ArrayNode failed = root.putArray("failed");
    for (Results.Part part : results.parts()) {
      if (!part.failure().isEmpty()) {
        failed.addObject().put("benchmark", part.word()).put("reason", part.failure());
      }
    }
    root.putObject("machine")
        .put("processors", Runtime.getRuntime().availableProcessors())
        .put("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())
        .put("heapBytes", Runtime.getRuntime().maxMemory())
        .put("java", Runtime.version().toString())
        .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
        .put("architecture", System.getProperty("os.arch"));
    return root;
  }

  private static void add(ObjectNode to, Figure figure) {
    Target target = figure.target();
    to.put("name", figure.name())
        .put("value", figure.value())
        .put("unit", figure.unit())
        .put("limit", figure.limit())
        .put("limitIs", figure.limitIs())
        .put("ratio", figure.ratio())
        .put("target", target == null ? null : Double.valueOf(target.bound()))
        .put("met", figure.met());
    if (target != null) {
      to.put("targetOf", target.ofRatio() ? "ratio" : "value")
          .put("targetIs", target.atMost() ? "atMost" : "atLeast");
    }
  }
}
