import { assembleInventory } from "@/lib/domain/authority-assembly";
import { type AuthorityGraph, authorityGraph } from "@/lib/domain/authority-graph";
import { visibleTopology } from "@/lib/domain/authority-scope";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { readAuthority } from "./read-authority";

/**
 * Who or what may publish where, through which approval, out of the same reading as the inventory. A pure read.
 *
 * @throws AppError forbidden
 */
export async function getAuthorityGraph(ctx: Context): Promise<AuthorityGraph & { generatedAtMs: number }> {
  await authorize(ctx, "read", { kind: "security", id: "authority_graph" });
  const records = await readAuthority(ctx);
  const { routes } = visibleTopology(records.config, records.destinations, records.visible);
  const graph = authorityGraph({
    inventory: assembleInventory(records).inventory,
    routes,
    seesUnbound: records.visible === null,
    nowMs: ctx.nowMs,
  });
  return { ...graph, generatedAtMs: ctx.nowMs };
}
