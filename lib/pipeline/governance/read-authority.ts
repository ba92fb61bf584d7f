import { findPeople } from "@/lib/db/author-store";
import {
  listDecisionEntries,
  listDeliveryEvidence,
  listPeople,
  listTokensOnRecord,
  listWaitingDrafts,
} from "@/lib/db/authority-store";
import { listBreakGlassRecords } from "@/lib/db/break-glass-store";
import { listIntakeKeys } from "@/lib/db/intake-key-store";
import { listRegistrations } from "@/lib/db/registration-store";
import { inSnapshot } from "@/lib/db/snapshot";
import { type InventoryRecords, inventoryListMax } from "@/lib/domain/authority-assembly";
import type { BreakGlassUse } from "@/lib/domain/break-glass";
import { effectiveDestinations } from "@/lib/domain/config";
import { namedPeople } from "@/lib/domain/config-validate-approvers";
import { decidePermission, readableProjects } from "@/lib/domain/permission";
import type { Context } from "../context";
import { readMcpServers } from "../mcp/read-mcp-servers";
import { readConfig } from "../settings/get-config";
import { readSourceReadiness } from "../settings/read-source-readiness";

/** People, tokens and keys at most; a deployment has tens. */
const accessListMax = 1_000;
/** Some entries turn out to be no decision, so more are read than shown. */
const decisionEntriesMax = 4 * inventoryListMax;

/**
 * Everything the inventory is made of, as it stood at one moment and as this actor may see it. Reads alone. Who calls has
 * authorized.
 */
export function readAuthority(ctx: Context): Promise<InventoryRecords> {
  return inSnapshot(ctx.db, (db) => readAt({ ...ctx, db }));
}

async function readAt(ctx: Context): Promise<InventoryRecords> {
  const { db, nowMs } = ctx;
  const visible = readableProjects(ctx.actor);
  const config = await readConfig(ctx);
  const mcpServers = await readMcpServers(ctx);
  const sources = await readSourceReadiness(ctx, config);
  const { keys } = await listIntakeKeys(
    db,
    { projects: visible },
    { limit: accessListMax, afterKeyId: null },
  );
  return {
    ...{ nowMs, visible, config },
    destinations: effectiveDestinations(config),
    mcpServers: [...mcpServers.values()],
    sources: sources.rows,
    keys,
    registrations: await listRegistrations(db),
    waitingDrafts: await listWaitingDrafts(db, visible, inventoryListMax),
    breakGlass: await readBreakGlass(ctx, visible),
    decisions: await listDecisionEntries(db, visible, decisionEntriesMax),
    deliveries: await listDeliveryEvidence(db, visible, inventoryListMax),
    access: await readAccess(ctx),
    approvers: await findPeople(db, namedPeople(config)),
  };
}

/** Those who may see who has access, over everything: a role on a project shows nobody else's. */
async function readAccess({ actor, db, nowMs }: Context): Promise<InventoryRecords["access"]> {
  if (!decidePermission(actor, "readAccess").allowed) return null;
  return {
    users: await listPeople(db, nowMs, accessListMax),
    tokens: await listTokensOnRecord(db, accessListMax),
  };
}

/** Reviewers see all that they may judge, other people their own; programs none (reference case 133). */
async function readBreakGlass(
  { actor, db, nowMs }: Context,
  visible: readonly string[] | null,
): Promise<BreakGlassUse[] | null> {
  if (actor.kind !== "user") return null;
  const reviews = (projectId: string | null) =>
    decidePermission(actor, "reviewBreakGlass", projectId).allowed;
  const page = { limit: inventoryListMax, after: null };
  const { uses } = await listBreakGlassRecords(db, { projects: visible }, page, nowMs);
  return uses.filter((use) => reviews(use.projectId) || use.actor.id === actor.userId);
}
