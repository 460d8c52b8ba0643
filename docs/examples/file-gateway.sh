#!/bin/sh
# A program for "holdfast agent --exec": here a gateway is a folder of files, and a real one would
# call a router where this touches files. What is asked of it is in docs/agent.md.
# HOLDFAST_FILES: where the folders are.
set -eu

verb=$1
shift
network='' gateway='' epoch='' tenure='' ip='' prefix='' rule='' target='' instance=''
while [ $# -gt 0 ]; do
  case $1 in
  --network) network=$2 ;;
  --gateway) gateway=$2 ;;
  --epoch) epoch=$2 ;;
  --tenure) tenure=$2 ;;
  --ip) ip=$2 ;;
  --prefix) prefix=$2 ;;
  --rule) rule=$2 ;;
  --target) target=$2 ;;
  --instance) instance=$2 ;;
  --*) ;;          # vpc, kind, protocol, port, internal-ip, internal-port, source: in rule and target
  *) break ;;      # the addresses that list may restrict itself to
  esac
  shift 2
done
dir=${HOLDFAST_FILES:?}/$network/$gateway
mkdir -p "$dir/addresses" "$dir/rules"

# A file's name must not have a slash, and a rule's id has.
rule_file() {
  printf '%s/rules/%s_%s' "$dir" "$ip" "$(printf %s "$rule" | tr / '~')"
}

# The first word of a file says whose it is; anybody's file is listed, only Holdfast's is cleared.
ours() {
  read -r owner rest <"$1" 2>/dev/null || owner=''
  [ "$owner" = holdfast ]
}

case $verb in
list)
  [ ! -s "$dir/instance" ] || printf '{"instance": "%s"}\n' "$(cat "$dir/instance")"
  for f in "$dir"/addresses/*; do
    [ -e "$f" ] || continue
    name=${f##*/}
    if ours "$f"; then whose=true; else whose=false; fi
    printf '{"ip": "%s", "prefix": %s, "ours": %s}\n' "${name%_*}" "${name##*_}" $whose
  done
  for f in "$dir"/rules/*; do
    [ -e "$f" ] || continue
    name=${f##*/}
    if ours "$f"; then whose=true; else whose=false; fi
    read -r owner epoch tenure target <"$f" || true
    id=$(printf %s "${name#*_}" | tr '~' /)
    printf '{"ip": "%s", "rule": "%s", "target": "%s", "ours": %s}\n' "${name%%_*}" "$id" "$target" $whose
  done
  # Without this line the list counts as cut off, and says nothing.
  echo '{"end": true}'
  ;;
add-address)
  echo "holdfast $epoch $tenure" >"$dir/addresses/${ip}_$prefix"
  ;;
remove-address)
  rm -f "$dir/addresses/${ip}_$prefix"
  ;;
add-rule)
  echo "holdfast $epoch $tenure $target" >"$(rule_file)"
  ;;
remove-rule)
  rm -f "$(rule_file)"
  ;;
mark)
  echo "$instance" >"$dir/instance"
  ;;
clear)
  for f in "$dir"/rules/* "$dir"/addresses/*; do
    if [ -e "$f" ] && ours "$f"; then rm -f "$f"; fi
  done
  rm -f "$dir/instance"
  ;;
*)
  echo "unknown: $verb" >&2
  exit 2
  ;;
esac
