package io.holdfast.bench.suite;

import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Figure;
import io.holdfast.bench.frame.Run;
import io.holdfast.bench.frame.Size;
import io.holdfast.bench.load.Sizes;
import io.holdfast.bench.stack.Stack;
import io.holdfast.bench.stack.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the broker takes: an event and an answer for each command, and nothing else. */
public final class ProducerBench implements Benchmark {
  private static final String TOPIC = "bare";

  private final Stage stage;

  public ProducerBench(Stage stage) {
    this.stage = stage;
  }

  @Override
  public String word() {
    return "producer";
  }

  @Override
  public String about() {
    return "a bare transactional producer of events and answers of our sizes: what the broker takes";
  }

  @Override
  public boolean isIn(Size size) {
    return size != Size.QUICK;
  }

  @Override
  public void measure(Run run) throws InterruptedException, ExecutionException {
    Stack stack = stage.stack(false, run);
    String servers = stack.standalone().bootstrapServers();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
    int count = Stack.backlogSize(run);
    for (int batch : new int[] {20, 1_000}) {
      run.doing("transactions of " + batch + " commands");
      var _ = rate(servers, stack.sizes(), count, batch);
      run.add(
          Figure.of(
                  "bare producer, " + batch + " commands a transaction",
                  rate(servers, stack.sizes(), count, batch),
                  "commands/s")
              .against(Stack.LIMIT, stack.limitBacklog(run)));
    }
  }

  private static double rate(String servers, Sizes sizes, int count, int batch) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "transactional.id",
                TOPIC,
                "retry.backoff.ms",
                "5",
                "linger.ms",
                "50",
                "batch.size",
                Integer.toString(256 << 10)),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      long began = System.nanoTime();
      for (int done = 0; done < count; done += batch) {
        producer.beginTransaction();
        for (int i = 0; i < batch; i++) {
          var _ = producer.send(new ProducerRecord<>(TOPIC, new byte[sizes.event()]));
          var _ = producer.send(new ProducerRecord<>(TOPIC, new byte[sizes.answer()]));
        }
        producer.commitTransaction();
      }
      double rate = count / ((System.nanoTime() - began) / 1e9);
      producer.close(Duration.ofSeconds(2));
      return rate;
    }
  }
}
