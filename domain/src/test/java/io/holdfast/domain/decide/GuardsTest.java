package io.holdfast.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.script.Script;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every refusal, one a row: what is given, the command, the refusal's code and field. Rows of one
 * command stand in the order in which its guards are asked; the rows under "precedence" break two
 * guards at once, and the first answers.
 */
class GuardsTest {
  private static final String WORLD =
      """
      define-pool p4 10.0.0.0/29 cooldown=300s
      define-pool p6 2001:db8::/126
      heartbeat n1 b1
      heartbeat n2 b1
      define-gateway gw1 n1,n2
      define-gateway gone n2
      retire gone
      """;

  private static final String TABLE =
      """
      # meta, before everything else
      | allocate owner=a id=                                    | Invalid meta.id
      | allocate owner=a id=x{129}                              | Invalid meta.id
      | allocate owner=a actor=                                 | Invalid meta.actor
      | allocate owner=a actor=x{254}                           | Invalid meta.actor
      | allocate owner=a reason=x{4001}                         | Invalid meta.reason

      # DefinePool
      | define-pool -p 10.1.0.0/24                              | Invalid pool
      | define-pool p/q 10.1.0.0/24                             | Invalid pool
      | define-pool x{129} 10.1.0.0/24                          | Invalid pool
      | define-pool q 10.1.0.0/24 cooldown=721h                 | Invalid cooldownMs
      | define-pool q 10.1.0.0/24 confirm=0                     | Invalid ownerCheck.confirmations
      | define-pool q 10.1.0.0/24 confirm=101                   | Invalid ownerCheck.confirmations
      | define-pool q 10.1.0.0/24 confirm=1 over=721h           | Invalid ownerCheck.overMs
      | define-pool q 10.1.0.0/24 confirm=1 retry-min=0s        | Invalid ownerCheck.retryMinMs
      | define-pool q 10.1.0.0/24 confirm=1 retry-min=9s retry-max=8s | Invalid ownerCheck.retryMaxMs
      | define-pool q 10.1.0.0/24 policy=unknown                | Invalid policy
      | define-pool q 10.1.0.0/24 across=299s                   | Invalid crossTenantCooldownMs
      | define-pool q 10.1.0.0/24 across=721h                   | Invalid crossTenantCooldownMs
      | define-pool q 10.1.0.0/24 priority=1000001              | Invalid priority
      | define-pool q 10.1.0.0/24 priority=-1000001             | Invalid priority
      | define-pool q 10.1.0.0/24 lease=999ms                   | Invalid leaseMs
      | define-pool q 10.1.0.0/24 probation=721h                | Invalid probationMs
      | define-pool q 10.1.0.0/24 labels=-a:b                   | Invalid labels
      | define-pool q 10.1.0.0/24 labels=a:é                    | Invalid labels.a
      | define-pool q 10.1.0.0/24 labels=x{129}:b               | Invalid labels
      | define-pool q 10.1.0.0/24 labels=a:x{254}               | Invalid labels.a
      | define-pool q 2001:db8:1::0{116}1                       | Invalid ranges[0]
      | define-pool q 2001:db8:1::1 exclude=2001:db8:1::0{116}1 | Invalid exclusions[0]
      | define-pool q 10.1.0.0/24 family=V6                     | Invalid ranges[0]
      | define-pool q 10.1.0.0/24,nonsense                      | Invalid ranges[1]
      | define-pool q 10.1.0.0/24,10.1.0.9                      | Invalid ranges[1]
      | define-pool q 10.1.0.9,10.1.0.0/24                      | Invalid ranges[1]
      | define-pool q 10.1.0.0/24,2001:db8::9                   | Invalid ranges[0]
      | define-pool q 10.1.0.1/24                               | Invalid ranges[0]
      | define-pool q 10.1.0.0/24 exclude=10.1.0.9-10.1.0.1     | Invalid exclusions[0]
      | define-pool q 10.1.0.0/24 exclude=::1                   | Invalid exclusions[0]
      | define-pool q 10.1.0.0/24 subnet=2001:db8::/64          | Invalid subnet
      | define-pool q 10.1.0.0/24 subnet=10.1.0.0/25            | Invalid ranges[0]
      | define-pool q 10.1.0.0/24 via=::1                       | Invalid gatewayAddress
      | define-pool q 10.1.0.1 exclude=10.1.0.1                 | Invalid ranges
      | define-pool p4 10.0.0.0/28                              | InUse
      | define-pool q 10.0.0.4-10.0.0.9                         | PoolOverlap
      resize-pool p4 10.0.0.2 mode=retain; allocate owner=a; resize-pool p4 10.0.0.9 mode=retain | define-pool q 10.0.0.2 | PoolOverlap
      # precedence
      | define-pool -p nonsense cooldown=721h                   | Invalid pool
      | define-pool p4 10.0.0.0/29,nonsense                     | Invalid ranges[1]

      # ResizePool, RemovePool
      | resize-pool q 10.1.0.0/24                               | PoolUnknown
      | resize-pool p4 10.0.0.0/29 mode=unknown                 | Invalid mode
      | resize-pool p4 nonsense mode=retain                     | Invalid ranges[0]
      define-pool q 10.1.0.0/24 | resize-pool p4 10.0.0.0/29,10.1.0.7 mode=retain | PoolOverlap
      allocate owner=a | resize-pool p4 10.0.0.2-10.0.0.6       | InUse
      | remove-pool q                                           | PoolUnknown
      allocate owner=a | remove-pool p4                         | InUse
      allocate owner=a; release 10.0.0.1 | remove-pool p4       | InUse

      # AllocateEip
      | allocate owner=/x                                       | Invalid owner.name
      | allocate owner=x{254}                                   | Invalid owner.name
      | allocate owner=a/x{254}                                 | Invalid owner.uid
      | allocate owner=a count=0                                | Invalid count
      | allocate owner=a count=257                              | Invalid count
      | allocate owner=a family=unknown                         | Invalid family
      | allocate owner=a ip=10.0.0.1 count=2                    | Invalid count
      | allocate owner=a ip=10.0.0.1 family=v6                  | Invalid family
      | allocate owner=a ip=10.0.0.1 family=dual                | Invalid family
      | allocate owner=a gateway=nope                           | GatewayUnknown
      | allocate owner=a gateway=gone                           | GatewayRetiring
      | allocate owner=a pool=nope                              | PoolUnknown
      | allocate owner=a node=n9                                | NodeUnknown
      | allocate owner=a pool=p6                                | NoMatchingPool
      | allocate owner=a pool=p4 family=dual                    | NoMatchingPool
      | allocate owner=a count=7                                | PoolExhausted
      | allocate owner=a ip=10.0.0.0                            | OutOfRange
      | allocate owner=a ip=10.0.0.7                            | OutOfRange
      | allocate owner=a ip=10.9.9.9                            | OutOfRange
      define-pool q 10.1.0.0/24 | allocate owner=a ip=10.0.0.1 pool=q | OutOfRange
      allocate owner=b | allocate owner=a ip=10.0.0.1           | AddressInUse
      allocate owner=b; release 10.0.0.1 | allocate owner=a ip=10.0.0.1 | AddressCoolingDown
      allocate owner=b gateway=gw1; release 10.0.0.1 | allocate owner=a ip=10.0.0.1 | AddressReleasing
      observe gw1 ip=10.0.0.1/32 | allocate owner=a ip=10.0.0.1 | AddressQuarantined
      define-gateway gw2 n2; allocate owner=a gateway=gw2 | allocate owner=a gateway=gw1 | InUse
      define-gateway gw2 n2; allocate owner=a gateway=gw2 | allocate owner=a gateway=gw1 ip=10.0.0.1 | InUse
      define-gateway gw2 n2; allocate owner=a gateway=gw2; allocate owner=a count=2 | allocate owner=a gateway=gw1 count=2 node=n1 | InUse
      # precedence
      define-gateway gw2 n2; allocate owner=a gateway=gw2 | allocate owner=a gateway=gw1 node=n9 | NodeUnknown
      define-gateway gw2 n2; allocate owner=a gateway=gw2 | allocate owner=a gateway=gw1 count=7 | InUse
      define-gateway gw2 n2; allocate owner=a gateway=gw2 | allocate owner=b gateway=gw1 ip=10.0.0.1 | AddressInUse
      | allocate owner=/x count=0 family=unknown gateway=nope pool=nope node=n9 | Invalid owner.name
      | allocate owner=a count=0 family=unknown gateway=nope pool=nope node=n9  | Invalid count
      | allocate owner=a family=unknown gateway=nope pool=nope node=n9          | Invalid family
      | allocate owner=a gateway=nope pool=nope node=n9                         | GatewayUnknown
      | allocate owner=a pool=nope node=n9                                      | PoolUnknown
      | allocate owner=a pool=p6 node=n9                                        | NodeUnknown

      | allocate owner=a lease=999ms                            | Invalid leaseMs
      | allocate owner=a lease=999999h                          | Invalid leaseMs
      | allocate owner=a labels=-a:b                            | Invalid labels
      | allocate owner=a tags=a:x{254}                          | Invalid tags.a
      | allocate owner=a wait=0s                                | Invalid waitMs
      | allocate owner=a wait=721h                              | Invalid waitMs
      | allocate owner=a labels=tier:gold                       | NoMatchingPool
      | allocate owner=a pool=p4 labels=tier:gold               | NoMatchingPool
      define-pool p4 10.0.0.0/29 cooldown=300s opt-in | allocate owner=a | NoMatchingPool
      define-pool p4 10.0.0.0/29 cooldown=300s opt-in | allocate owner=a ip=10.0.0.1 | OutOfRange
      | allocate owner=a count=2 contiguous                     | PoolExhausted
      define-pool p4 10.0.0.0/29 cooldown=300s policy=best-fit; allocate owner=b ip=10.0.0.3 | allocate owner=a count=4 contiguous | PoolExhausted
      define-pool p4 10.0.0.0/29 cooldown=300s policy=best-fit; allocate owner=a | allocate owner=a count=2 contiguous | InUse
      reserve 10.0.0.1 | allocate owner=a ip=10.0.0.1           | AddressReserved
      allocate owner=a | release 10.0.0.1 rev=1                 | StaleRevision
      allocate owner=a | release 10.0.0.1 rev=1 reason=x{4001}  | Invalid meta.reason
      | release 10.0.0.1 rev=1                                  | StaleRevision
      | allocate owner=a rev=1                                  | Invalid meta.ifRevision
      allocate owner=a | renew 10.0.0.1 lease=1ms tenure=1      | Invalid leaseMs
      allocate owner=a | renew 10.0.0.1 tenure=1 owner=b        | StaleTenure
      allocate owner=a | renew 10.0.0.1 owner=b                 | NotOwner
      | reserve 10.9.0.1 reason=                                | Invalid meta.reason
      | reserve 10.9.0.1                                        | OutOfRange
      allocate owner=a | adopt 10.0.0.1 owner=x{254}            | Invalid owner.name
      allocate owner=a | adopt 10.0.0.1 owner=b lease=1ms       | Invalid leaseMs
      allocate owner=a | adopt 10.0.0.1 owner=b tags=-:x        | Invalid tags
      allocate owner=a | adopt 10.0.0.1 owner=b gateway=none    | GatewayUnknown
      allocate owner=a | adopt 10.0.0.1 owner=b node=none       | NodeUnknown
      quota t 1; allocate owner=a | adopt 10.0.0.1 owner=b      | AddressInUse
      | end-quarantine 10.9.0.1 reason=                         | Invalid meta.reason
      | end-quarantine 10.9.0.1                                 | OutOfRange
      | transfer 10.0.0.1 x{254} valid=1ms                      | Invalid toTenant
      | transfer 10.0.0.1 u valid=1ms                           | Invalid validMs
      | transfer 10.0.0.1 u                                     | AddressNotAllocated
      allocate owner=a | transfer 10.0.0.1 t tenure=1           | StaleTenure
      allocate owner=a | accept 10.0.0.1 owner=x{254}           | Invalid owner.name
      allocate owner=a; quota u 0 | accept 10.0.0.1 owner=u:b   | NotOwner
      | tag 10.0.0.1 set=-:x remove=-                           | Invalid set
      | tag 10.0.0.1 set=a:b remove=-                           | Invalid remove
      quota t 0 | allocate owner=a                              | QuotaExceeded
      quota t 0 | allocate owner=a ip=10.0.0.1                  | QuotaExceeded
      quota t 2; allocate owner=a | allocate owner=b count=2    | QuotaExceeded
      quota t 1; allocate owner=a; release 10.0.0.1 | allocate owner=b | QuotaExceeded
      allocate owner=b count=6; allocate owner=a wait=9s | allocate owner=a count=2 wait=9s | InUse
      allocate owner=b count=5; allocate owner=c count=2 wait=9s | allocate owner=a | PoolExhausted
      allocate owner=b count=5; allocate owner=c count=2 wait=9s | allocate owner=a ip=10.0.0.6 | PoolExhausted
      quota t 0 | allocate owner=a wait=9s                      | QuotaExceeded

      # AllocateBundle
      | bundle                                                  | Invalid items
      | bundle owners=a,/x                                      | Invalid items[1].request.owner.name
      | bundle owners=a,a                                       | Invalid items[1].request.owner
      | bundle owners=a,b count=0                               | Invalid items[0].request.count
      | bundle owners=a,b,c,d,e count=256                       | Invalid items silent
      | bundle owners=a,b count=2 fip=,192.168.0.1              | Invalid items[1].request.count
      | bundle owners=a,b fip=,fd00::1                          | Invalid items[1].rules[0]
      | bundle owners=a,b dnat=192.168.0.1,fd00::1              | Invalid items[1].rules[0]
      | bundle owners=a,b fip=192.168.0.1,192.168.0.1           | InternalIpInUse
      | bundle owners=a,b,c,d,e,f,g                             | PoolExhausted
      allocate owner=a; bind-fip 10.0.0.1 192.168.0.9 | bundle owners=b,a fip=,192.168.0.1 | PortConflict
      | bundle owners=a,b gateway=nope                          | GatewayUnknown

      # ImportNetwork
      | import                                                  | Invalid lines
      | import 10.9.9.9@a                                       | ImportRefused
      | import 10.0.0.1@a 10.0.0.1@b                            | ImportRefused
      | import 10.0.0.1@a gateway=nope                          | ImportRefused

      # CancelAllocation, SetQuota
      | cancel /x                                               | Invalid owner.name
      | cancel a                                                | NotWaiting
      allocate owner=a | cancel a                               | NotWaiting
      | quota x{254} 1                                          | Invalid tenant
      | quota t 1000000000001                                   | Invalid limit

      # ReleaseEip, ForceRelease
      | release 10.0.0.1                                        | AddressNotAllocated
      | release 10.0.0.1 tenure=4                               | AddressNotAllocated
      allocate owner=a; release 10.0.0.1 | release 10.0.0.1     | AddressNotAllocated
      allocate owner=a | release 10.0.0.1 tenure=4              | StaleTenure
      allocate owner=a | release 10.0.0.1 owner=b               | NotOwner
      allocate owner=a/u1 | release 10.0.0.1 owner=a/u2         | NotOwner
      allocate owner=a; bind-fip 10.0.0.1 192.168.0.1 | release 10.0.0.1 | InUse
      allocate owner=a; add-dnat 10.0.0.1 tcp/80 192.168.0.1 | release 10.0.0.1 | InUse
      allocate owner=a; add-snat 10.0.0.1 192.168.0.0/24 | release 10.0.0.1 | InUse
      allocate owner=a | force-release 10.0.0.1 reason=         | Invalid meta.reason
      | force-release 10.0.0.1                                  | AddressNotAllocated
      allocate owner=a | force-release 10.0.0.1 tenure=4        | StaleTenure
      # precedence
      allocate owner=a; bind-fip 10.0.0.1 192.168.0.1 | release 10.0.0.1 tenure=4 owner=b | StaleTenure
      allocate owner=a; bind-fip 10.0.0.1 192.168.0.1 | release 10.0.0.1 owner=b          | NotOwner
      allocate owner=a; release 10.0.0.1 | release 10.0.0.1 tenure=4                      | StaleTenure

      # RestoreEip
      | restore 10.0.0.1                                        | AddressNotAllocated
      allocate owner=a | restore 10.0.0.1                       | AddressInUse
      allocate owner=a; release 10.0.0.1; tick +300s | restore 10.0.0.1 | AddressNotAllocated
      allocate owner=a; release 10.0.0.1; tick +300s; allocate owner=b ip=10.0.0.1 | restore 10.0.0.1 | AddressInUse
      allocate owner=a; release 10.0.0.1; tick +300s; allocate owner=b ip=10.0.0.1 | restore 10.0.0.1 tenure=8 | StaleTenure
      allocate owner=a; release 10.0.0.1; restore 10.0.0.1 | restore 10.0.0.1 | AddressInUse
      allocate owner=a; release 10.0.0.1 | restore 10.0.0.1 tenure=4 | StaleTenure
      allocate owner=a; release 10.0.0.1 | restore 10.0.0.1 owner=b | NotOwner
      observe gw1 ip=10.0.0.1/32 | restore 10.0.0.1             | AddressNotAllocated
      allocate owner=a; release 10.0.0.1; observe gw1 ip=10.0.0.1/32 | restore 10.0.0.1 | AddressQuarantined
      allocate owner=a gateway=gw1; release 10.0.0.1; retire gw1 | restore 10.0.0.1 | GatewayRetiring
      allocate owner=a gateway=gw1; observe gw1 all; release 10.0.0.1; observe gw1; retire gw1; observe gw1 n1 epoch=1 | restore 10.0.0.1 | GatewayUnknown
      allocate owner=a count=2; bind-fip 10.0.0.1 192.168.0.1; force-release 10.0.0.1; bind-fip 10.0.0.2 192.168.0.1 | restore 10.0.0.1 | InternalIpInUse
      allocate owner=a count=2; add-snat 10.0.0.1 192.168.0.0/24; force-release 10.0.0.1; add-snat 10.0.0.2 192.168.0.0/24 | restore 10.0.0.1 | InternalIpInUse
      allocate owner=a count=2; add-dnat 10.0.0.1 tcp/80 192.168.0.9; bind-fip 10.0.0.1 192.168.0.1; force-release 10.0.0.1; bind-fip 10.0.0.2 192.168.0.1 | restore 10.0.0.1 | InternalIpInUse
      # precedence
      allocate owner=a; release 10.0.0.1 | restore 10.0.0.1 tenure=4 owner=b | StaleTenure
      allocate owner=a gateway=gw1; release 10.0.0.1; retire gw1 | restore 10.0.0.1 owner=b | NotOwner
      allocate owner=a count=2 gateway=gw1; bind-fip 10.0.0.1 192.168.0.1; observe gw1 all; force-release 10.0.0.1; release 10.0.0.2; observe gw1; retire gw1 | restore 10.0.0.1 | GatewayRetiring

      # AttachEip, DetachEip
      | attach 10.0.0.1 gw1                                     | AddressNotAllocated
      allocate owner=a; release 10.0.0.1 | attach 10.0.0.1 gw1  | AddressNotAllocated
      allocate owner=a | attach 10.0.0.1 gw1 tenure=4           | StaleTenure
      allocate owner=a | attach 10.0.0.1 nope                   | GatewayUnknown
      allocate owner=a | attach 10.0.0.1 gone                   | GatewayRetiring
      define-gateway gw2 n2; allocate owner=a gateway=gw1; bind-fip 10.0.0.1 192.168.0.1 | attach 10.0.0.1 gw2 | InUse
      | detach 10.0.0.1                                         | AddressNotAllocated
      allocate owner=a | detach 10.0.0.1 tenure=4               | StaleTenure
      allocate owner=a gateway=gw1; add-snat 10.0.0.1 192.168.0.0/24 | detach 10.0.0.1 | InUse
      # precedence
      allocate owner=a | attach 10.0.0.1 nope tenure=4          | StaleTenure

      # rules
      | bind-fip 10.0.0.1 fd00::1                               | Invalid internalIp
      | bind-fip 10.0.0.1 192.168.0.1 vpc=-                     | Invalid vpc
      | bind-fip 10.0.0.1 192.168.0.1 vpc=x{129}                | Invalid vpc
      | bind-fip 10.0.0.1 192.168.0.1                           | AddressNotAllocated
      allocate owner=a | bind-fip 10.0.0.1 192.168.0.1 tenure=4 | StaleTenure
      allocate owner=a; bind-fip 10.0.0.1 192.168.0.1 | bind-fip 10.0.0.1 192.168.0.2 | PortConflict
      allocate owner=a count=2; bind-fip 10.0.0.1 192.168.0.1 | bind-fip 10.0.0.2 192.168.0.1 | InternalIpInUse
      | unbind-fip 10.0.0.1                                     | AddressNotAllocated
      allocate owner=a | unbind-fip 10.0.0.1                    | RuleUnknown
      allocate owner=a | unbind-fip 10.0.0.1 tenure=4           | StaleTenure
      | add-dnat 10.0.0.1 unknown/80 192.168.0.1                | Invalid protocol
      | add-dnat 10.0.0.1 tcp/0 192.168.0.1                     | Invalid port
      | add-dnat 10.0.0.1 tcp/65536 192.168.0.1                 | Invalid port
      | add-dnat 10.0.0.1 tcp/80 192.168.0.1 to=0               | Invalid internalPort
      | add-dnat 10.0.0.1 tcp/80 192.168.0.1 to=65536           | Invalid internalPort
      | add-dnat 10.0.0.1 tcp/80 fd00::1                        | Invalid internalIp
      | add-dnat 10.0.0.1 tcp/80 192.168.0.1 vpc=               | Invalid vpc
      | add-dnat 10.0.0.1 tcp/80 192.168.0.1                    | AddressNotAllocated
      allocate owner=a; add-dnat 10.0.0.1 tcp/80 192.168.0.1 | add-dnat 10.0.0.1 tcp/80 192.168.0.2 | PortConflict
      | remove-dnat 10.0.0.1 unknown/80                         | Invalid protocol
      | remove-dnat 10.0.0.1 tcp/0                              | Invalid port
      allocate owner=a | remove-dnat 10.0.0.1 tcp/80            | RuleUnknown
      | add-snat 10.0.0.1 fd00::/64                             | Invalid source
      | add-snat 10.0.0.1 192.168.0.0/24 vpc=-                  | Invalid vpc
      allocate owner=a count=2; add-snat 10.0.0.1 192.168.0.0/24 | add-snat 10.0.0.2 192.168.0.0/24 | InternalIpInUse
      allocate owner=a | remove-snat 10.0.0.1 192.168.0.0/24    | RuleUnknown
      allocate owner=a gateway=gw1; bind-fip 10.0.0.1 192.168.0.1; unbind-fip 10.0.0.1; detach 10.0.0.1 | bind-fip 10.0.0.1 192.168.0.1 | InUse

      # gateways and nodes
      | define-gateway -g n1                                    | Invalid gateway
      | define-gateway x{129} n1                                | Invalid gateway
      | define-gateway g n1,x{129}                              | Invalid candidates[1]
      | define-gateway g n1,n1                                  | Invalid candidates
      | define-gateway g n1,-                                   | Invalid candidates[1]
      | define-gateway g n1 failover=unknown                    | Invalid failover
      | define-gateway g n1 fence=99ms                          | Invalid fenceAfterMs
      | define-gateway g n1 fence=25h                           | Invalid fenceAfterMs
      | define-gateway g n1 threshold=0                         | Invalid probeThreshold
      | define-gateway g n1 threshold=1001                      | Invalid probeThreshold
      | define-gateway g n1 hold=25h                            | Invalid holdDownMs
      | define-gateway gone n1                                  | GatewayRetiring
      | reschedule nope                                         | GatewayUnknown
      | reschedule gone                                         | GatewayRetiring
      | reschedule gw1 n3                                       | Invalid node
      define-gateway g n1,n3 | reschedule g n3                  | NoCandidate
      define-gateway g n1,n3 | reschedule g                     | NoCandidate
      | retire nope                                             | GatewayUnknown
      allocate owner=a gateway=gw1 | retire gw1                 | InUse
      | fence-node n1 reason=                                   | Invalid meta.reason
      | fence-node n9                                           | NodeUnknown
      | fence-node n1                                           | InUse
      observe gone n2 epoch=1 | attach 10.0.0.1 gone            | AddressNotAllocated
      observe gone n2 epoch=1 | allocate owner=a gateway=gone   | GatewayUnknown
      """;

  record Row(List<String> given, String command, List<String> refusal) {
    @Override
    public String toString() {
      return String.join("; ", given) + " | " + command + " | " + refusal;
    }
  }

  static Stream<Row> rows() {
    return TABLE
        .lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty() && !l.startsWith("#"))
        .map(l -> {
          String[] cells = l.split("\\|", -1);
          return new Row(
              Stream.of(cells[0].split(";", -1))
                  .map(String::strip)
                  .filter(g -> !g.isEmpty())
                  .toList(),
              repeated(cells[1].strip()),
              List.of(cells[2].strip().split(" +", -1)));
        });
  }

  /** {@code x{3}} is {@code xxx}. */
  private static String repeated(String text) {
    return Pattern.compile("(.)\\{([0-9]+)}")
        .matcher(text)
        .replaceAll(m -> m.group(1).repeat(Integer.parseInt(m.group(2))));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void refusal(Row row) {
    Script script = new Script().play(WORLD);
    row.given().forEach(script::step);
    long digest = script.ledger().head().digest();
    script.step(row.command() + " -> silent " + String.join(" ", row.refusal()));
    Refusal refusal = script.lastRefusal();
    assertThat(refusal.code()).hasToString(row.refusal().getFirst());
    assertThat(refusal.message()).isNotBlank();
    if (refusal.code() == RefusalCode.Invalid) {
      assertThat(refusal.field()).isEqualTo(row.refusal().get(1));
      assertThat(refusal.value()).isNotNull();
      assertThat(refusal.allowed()).isNotBlank();
      assertThat(refusal.message()).contains(String.valueOf(refusal.allowed()));
    }
    assertThat(script.ledger().head().digest()).isEqualTo(digest);
    script.play("audit");
  }

  /** One character more is refused, see the table. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "allocate owner=x{253}/x{253} id=x{128} actor=x{253} reason=x{4000}",
        "define-pool x{128} 10.1.0.0/24 labels=x{128}:x{253}",
        "define-pool q 2001:db8:1::0{115}1",
        "define-pool q 2001:db8:1::2 exclude=2001:db8:1::0{115}1",
        "define-gateway x{128} n1",
        "define-gateway g n1,x{128}",
        "bind-fip 10.0.0.1 192.168.0.1 vpc=x{128}"
      })
  void textOfTheGreatestLengthIsTaken(String command) {
    new Script().play(WORLD).play("allocate owner=a").step(repeated(command) + " -> ok");
  }

  @Test
  void everyCodeHasARow() {
    Set<RefusalCode> unseen = EnumSet.allOf(RefusalCode.class);
    unseen.remove(RefusalCode.Unknown);
    rows().forEach(row -> unseen.remove(RefusalCode.valueOf(row.refusal().getFirst())));
    assertThat(unseen).isEmpty();
  }

  @Test
  void anEipOnAnotherGatewayIsNamedWithThatGateway() {
    Script script = new Script().play(WORLD);
    script.play(
        """
        define-gateway gw2 n2
        allocate owner=a gateway=gw2
        allocate owner=a gateway=gw1            -> InUse silent
        """);
    assertThat(script.lastRefusal().details())
        .containsEntry("ip", "10.0.0.1")
        .containsEntry("gateway", "gw2");
    assertThat(script.lastRefusal().message()).contains("gw1").contains("AttachEip");
  }

  @Test
  void anExhaustedPoolSaysWhyAndUntilWhen() {
    Script script =
        new Script()
            .play(
                """
                define-pool p 10.0.0.1-10.0.0.4 cooldown=300s
                heartbeat n1 b1
                define-gateway gw1 n1
                allocate owner=a
                allocate owner=b gateway=gw1
                allocate owner=c
                release 10.0.0.2
                release 10.0.0.3
                allocate owner=d count=2           -> PoolExhausted
                """);
    assertThat(script.lastRefusal().details())
        .containsEntry("p.size", "4")
        .containsEntry("p.free", "1")
        .containsEntry("p.allocated", "1")
        .containsEntry("p.releasing", "1")
        .containsEntry("p.coolingDown", "1")
        .containsEntry("p.quarantined", "0")
        .containsEntry("p.retained", "0")
        .containsEntry("nextFreeAt", "2026-01-01T00:05:00Z");
    script.play(
        """
        wait +300s
        allocate owner=d count=2                   -> 10.0.0.3 10.0.0.4 EipFreed
        """);
  }

  @Test
  void theTimeTheNextOneComesFreeIsTheVeryTime() {
    Script script =
        new Script()
            .play(
                """
                define-pool p 10.0.0.1 cooldown=300s
                allocate owner=a
                release 10.0.0.1
                wait +299999ms
                allocate owner=b                   -> PoolExhausted
                """);
    assertThat(script.lastRefusal().details()).containsEntry("nextFreeAt", "2026-01-01T00:05:00Z");
    script.play("wait +1ms\nallocate owner=b -> 10.0.0.1");
  }

  @Test
  void anAddressOutsideItsPoolIsNoProspect() {
    Script script =
        new Script()
            .play(
                """
                define-pool p 10.0.0.1-10.0.0.2 cooldown=300s
                allocate owner=a                   -> 10.0.0.1
                allocate owner=b                   -> 10.0.0.2
                release 10.0.0.1
                resize-pool p 10.0.0.2 mode=retain
                allocate owner=c                   -> PoolExhausted
                """);
    assertThat(script.lastRefusal().details())
        .doesNotContainKey("nextFreeAt")
        .containsEntry("p.retained", "1");
    script.play(
        """
        resize-pool p 10.0.0.1-10.0.0.2 mode=retain
        allocate owner=c                           -> PoolExhausted
        """);
    assertThat(script.lastRefusal().details()).containsKey("nextFreeAt");
    script.play("tick +300s -> EipFreed\nallocate owner=c -> 10.0.0.1");
  }

  @Test
  void answersAreRememberedAndThenForgotten() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.1-10.0.0.2 cooldown=0s
            release 10.0.0.1 id=x               -> AddressNotAllocated
            allocate owner=a                    -> 10.0.0.1
            release 10.0.0.1 id=x               -> AddressNotAllocated silent
            release 10.0.0.1 id=y dry           -> ok silent
            eip 10.0.0.1                        -> ALLOCATED
            release 10.0.0.1 id=y               -> ok EipReleaseRequested
            restart
            release 10.0.0.1 id=x               -> AddressNotAllocated
            """);
    Settings settings = new Settings(15_000, 300_000, 60_000);
    Script script = new Script(settings).play("define-pool p 10.0.0.1");
    script.step("allocate owner=a id=x");
    State state = script.ledger().state();
    long asked = script.ledger().now();
    assertThat(Answers.find(state, "x", asked + 59_999)).isNotNull();
    assertThat(Answers.find(state, "x", asked + 60_000)).isNull();
    script.step("tick +59s");
    script.step("release 10.0.0.1 id=x -> ok silent");
  }

  /** Every half of the time; what came later stays. */
  @Test
  void forgottenAnswersAreClearedAwayInPortions() {
    Settings settings = new Settings(15_000, 300_000, 60_000);
    Script script = new Script(settings).play("define-pool p 10.0.0.0/22");
    for (int i = 0; i < 450; i++) {
      script.step("allocate owner=a" + i + " id=early" + i);
    }
    script.step("tick +40s");
    script.step("allocate owner=b id=late");
    script.step("tick +50s");
    // 450 early ones, the late one and that of the pool, less a portion of 200.
    assertThat(remembered(script)).as("a portion at a time").isEqualTo(252);
    for (int portion = 0; portion < 3; portion++) {
      script.step("tick +10ms");
    }
    for (int i = 0; i < 450; i++) {
      assertThat(script.ledger().state().outcomes().get("early" + i)).isNull();
    }
    assertThat(script.ledger().state().outcomes().get("late")).isNotNull();
    script.step("tick +90s");
    assertThat(script.ledger().state().outcomes().get("late")).isNull();
  }

  private static long remembered(Script script) {
    AtomicLong count = new AtomicLong();
    script
        .ledger()
        .state()
        .outcomes()
        .scan(
            "",
            TableId.LAST_NAME,
            (id, answer) -> {
              count.incrementAndGet();
              return true;
            });
    return count.get();
  }
}
