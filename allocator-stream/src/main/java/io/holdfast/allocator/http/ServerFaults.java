package io.holdfast.allocator.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Problems for requests that do not get as far as a route: bad HTTP, hostile paths. */
final class ServerFaults extends ErrorHandler {
  private static final HttpField TYPE = new HttpField(HttpHeader.CONTENT_TYPE, Problem.TYPE);

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put(TYPE);
    response.write(true, body(response.getStatus()), callback);
    return true;
  }

  private static ByteBuffer body(int status) {
    return ByteBuffer.wrap(Json.bytes(Faults.of(status == 0 ? 500 : status).json()));
  }
}
