package io.holdfast.projector;

import io.holdfast.projector.db.AuditDatabase;
import io.holdfast.projector.http.AuditApi;
import io.holdfast.projector.log.Consumers;
import io.holdfast.projector.project.Projector;
import io.holdfast.projector.project.Rebuild;
import io.holdfast.projector.query.AuditQueries;
import io.holdfast.wire.Codec;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;

/** Projector and audit API, started together. */
public final class AuditService implements AutoCloseable {
  private final Projector projector;
  private final AuditDatabase.ReaderPool readers;
  private final AuditApi api;
  private final String host;

  /**
   * @param host to listen on; the API has no authentication
   * @param port 0: any free one
   * @param rebuild what is made anew from the log first
   */
  public AuditService(
      Consumers consumers,
      AuditDatabase database,
      Codec codec,
      PrometheusMeterRegistry meters,
      String host,
      int port,
      Rebuild rebuild) {
    this.host = host;
    this.projector = Projector.start(consumers, database, codec, meters, rebuild);
    this.readers = database.readers();
    try {
      this.api = AuditApi.start(new AuditQueries(readers.source()), projector, meters, host, port);
    } catch (RuntimeException e) {
      readers.close();
      projector.close();
      throw e;
    }
  }

  public Projector projector() {
    return projector;
  }

  /** Base URL of the audit API. */
  public URI url() {
    return URI.create("http://" + host + ":" + api.port());
  }

  @Override
  public void close() {
    api.close();
    readers.close();
    projector.close();
  }
}
