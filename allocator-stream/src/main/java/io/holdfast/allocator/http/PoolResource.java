package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.allocator.service.AllocatorApi.View;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.state.State;
import io.holdfast.domain.view.PoolView;

/** Pools. */
final class PoolResource {
  private PoolResource() {}

  static NamedResource<Pool> of(AllocatorApi api) {
    return new NamedResource<>(
        api,
        "pools",
        "pool",
        Params::name,
        State::pools,
        PoolResource::json,
        (network, name) -> unknown(network, name));
  }

  static ProblemException unknown(String network, String pool) {
    return ProblemException.notFound(
        "PoolUnknown", "there is no pool " + pool + " in network " + network);
  }

  private static ObjectNode json(View view, String name, Pool pool) {
    PoolView v = PoolView.of(view.state(), name, pool, view.head().time());
    PoolUse use = v.use();
    ObjectNode node = Json.object().put("pool", name).put("revision", pool.revision());
    node.set("definition", ModelJson.pool(pool.spec()));
    // A /64 has more addresses than a JSON number can count.
    node.put("size", v.size().toString()).put("free", v.free().toString());
    node.put("allocated", use.allocated()).put("releasing", use.releasing());
    node.put("coolingDown", use.coolingDown()).put("quarantined", use.quarantined());
    node.put("reserved", use.reserved()).put("retained", use.retained());
    Json.putTime(node, "nextFreeAt", v.nextFreeAt());
    node.put("waiting", v.waiting());
    node.set("conditions", ModelJson.conditions(v.conditions()));
    return node;
  }
}
