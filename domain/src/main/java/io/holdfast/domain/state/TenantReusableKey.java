package io.holdfast.domain.state;

import io.holdfast.domain.net.IpAddress;

/**
 * Index of cooling addresses that the tenant which held them last may have before others, the
 * longest unused first.
 *
 * @param freeAt for this tenant, epoch milliseconds
 */
public record TenantReusableKey(String pool, String tenant, long freeAt, IpAddress ip)
    implements Comparable<TenantReusableKey> {

  public static TenantReusableKey first(String pool, String tenant) {
    return new TenantReusableKey(pool, tenant, 0, IpAddress.LOWEST);
  }

  /** Where those that are free for the tenant at {@code time} end. */
  public static TenantReusableKey after(String pool, String tenant, long time) {
    return new TenantReusableKey(pool, tenant, time + 1, IpAddress.LOWEST);
  }

  @Override
  public int compareTo(TenantReusableKey other) {
    int byPool = pool.compareTo(other.pool);
    if (byPool != 0) {
      return byPool;
    }
    int byTenant = tenant.compareTo(other.tenant);
    if (byTenant != 0) {
      return byTenant;
    }
    int byTime = Long.compare(freeAt, other.freeAt);
    return byTime != 0 ? byTime : ip.compareTo(other.ip);
  }
}
