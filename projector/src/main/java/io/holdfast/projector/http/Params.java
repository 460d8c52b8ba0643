package io.holdfast.projector.http;

import io.holdfast.domain.net.InvalidAddressException;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.projector.query.AuditFault;
import io.holdfast.projector.query.OwnerFilter;
import io.holdfast.projector.query.Page;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parameters of a request; what does not fit is an {@link AuditFault} that says what does. */
final class Params {
  private static final Set<String> PROTOCOLS = Set.of("TCP", "UDP", "SCTP");

  private Params() {}

  /** Refuses parameters that a question does not have: a misspelt one must not be passed over. */
  static void only(Context ctx, String... allowed) {
    List<String> names = List.of(allowed);
    for (String given : ctx.queryParamMap().keySet()) {
      if (!names.contains(given)) {
        throw AuditFault.invalid("query", given, String.join(", ", names));
      }
    }
  }

  /** A time with its zone. */
  static Instant time(Context ctx, String name) {
    String text = ctx.queryParam(name);
    return parse(name, text == null ? "" : text);
  }

  static Instant time(Context ctx, String name, Instant otherwise) {
    String text = ctx.queryParam(name);
    return text == null || text.isEmpty() ? otherwise : parse(name, text);
  }

  private static Instant parse(String name, String text) {
    try {
      // A plus in a query is a blank to whoever decodes it.
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME
          .parse(text.replace(' ', '+'), OffsetDateTime::from)
          .toInstant();
    } catch (DateTimeException e) {
      throw AuditFault.invalid(
          name, text, "ISO 8601 with a zone, for example 2026-11-21T14:00:00Z or ...+01:00");
    }
  }

  static IpAddress ip(String name, String text) {
    try {
      return IpAddress.parse(text);
    } catch (InvalidAddressException e) {
      throw AuditFault.invalid(name, text, "an IPv4 or IPv6 address");
    }
  }

  static @Nullable String text(Context ctx, String name) {
    String text = ctx.queryParam(name);
    return text == null || text.isEmpty() ? null : text;
  }

  static @Nullable String protocol(Context ctx) {
    String text = text(ctx, "protocol");
    boolean port = text(ctx, "port") != null;
    if (text == null) {
      return port ? "TCP" : null;
    }
    String upper = text.toUpperCase(Locale.ROOT);
    if (!PROTOCOLS.contains(upper)) {
      throw AuditFault.invalid("protocol", text, "tcp, udp, sctp");
    }
    if (!port) {
      throw AuditFault.invalid("port", null, "1 to 65535, with a protocol");
    }
    return upper;
  }

  static @Nullable Integer port(Context ctx) {
    String text = text(ctx, "port");
    return text == null ? null : number("port", text, 1, 65_535);
  }

  private static int number(String name, String text, int from, int to) {
    try {
      int number = Integer.parseInt(text);
      if (number >= from && number <= to) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw AuditFault.invalid(name, text, from + " to " + to);
  }

  static Page page(Context ctx) {
    String limit = text(ctx, "limit");
    String after = text(ctx, "after");
    return new Page(
        limit == null ? Page.FIRST.limit() : number("limit", limit, 1, Page.MAX),
        after == null ? "" : after);
  }

  /** A page of a list in the order of addresses. */
  static Page pageByIp(Context ctx) {
    Page page = page(ctx);
    if (!page.after().isEmpty()) {
      ip("after", page.after());
    }
    return page;
  }

  /** Of {@code owner} or {@code tenant}; null if neither is asked about. */
  static @Nullable OwnerFilter owner(Context ctx) {
    String owner = text(ctx, "owner");
    String tenant = text(ctx, "tenant");
    return owner != null
        ? OwnerFilter.owner(owner)
        : tenant != null ? OwnerFilter.tenant(tenant) : null;
  }
}
