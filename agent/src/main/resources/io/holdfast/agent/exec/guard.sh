#!/bin/sh
# Guards the lease of one gateway, whatever becomes of the agent. All but "wait" runs under the
# gateway's lock. LEASE is a file: "begun", the token of the lease that counts, or "lapsed". Without
# the file the lease counts as lapsed. LEASE.over holds the highest token whose time is over.
#
#   wait SECONDS LOCK LEASE TOKEN COMMAND...   sleeps, then fires
#   fire LEASE TOKEN COMMAND...                runs the command if that lease is the one that counts
#   begin LEASE                                a new instance, without a lease
#   renew LEASE TOKEN                          from now on that lease counts; 75: too late
#   run LEASE COMMAND...                       runs the command if a lease counts; else 75
set -u
verb=$1
shift
put() {
  printf '%s\n' "$2" >"$1.new" && mv -f "$1.new" "$1"
}
get() {
  cat "$1" 2>/dev/null || echo "$2"
}
case $verb in
wait)
  sleep "$1"
  lock=$2
  shift 2
  exec flock -o "$lock" sh "$0" fire "$@"
  ;;
fire)
  lease=$1 token=$2
  shift 2
  [ "$token" -le "$(get "$lease.over" 0)" ] || put "$lease.over" "$token"
  [ "$(get "$lease" lapsed)" = "$token" ] || exit 0
  put "$lease" lapsed
  exec "$@"
  ;;
begin)
  put "$1" begun
  ;;
renew)
  [ "$(get "$1" lapsed)" != lapsed ] || exit 75
  [ "$2" -gt "$(get "$1.over" 0)" ] || exit 75
  put "$1" "$2"
  ;;
run)
  case $(get "$1" lapsed) in
  lapsed | begun) exit 75 ;;
  esac
  shift
  exec "$@"
  ;;
esac
