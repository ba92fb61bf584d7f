import { loadConfig } from "@/lib/db/config-store";
import { textPlaces } from "@/lib/db/redaction-places";
import {
  claimRedactionTurn,
  endRedactionTurn,
  findOpenRedactionRun,
  insertRedactionRun,
  keepRedactionTurn,
  markRulesVersion,
  noteRedactionFault,
  saveRedactionRun,
  wasRereadingStopped,
} from "@/lib/db/redaction-run-store";
import {
  isAnythingStored,
  lockTexts,
  readTexts,
  type TextRow,
  writeTexts,
} from "@/lib/db/redaction-text-store";
import { lockAgainstHolds } from "@/lib/db/retention-hold-store";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import {
  nextPlace,
  type RedactedPlace,
  type RedactionRun,
  redactedPlaces,
  totalOfRun,
  withCount,
} from "@/lib/domain/redaction-run";
import { newId } from "@/lib/ids";
import { redactionRulesVersion } from "@/lib/redaction/rules-version";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { type RedactedRow, redactRows } from "./redact-rows";
import { settleChanged } from "./settle-changed";

/** Rows that are read at once, and that one commit may change. */
const pageMax = 200;

/**
 * Goes on with the walk over stored texts that is under way; begins one where the rules of this release find more than
 * those that everything stored was read by. Each page is one commit with how far it is, so that whoever is interrupted is
 * followed by somebody who goes on from there; only one process walks at a time. What digests of approvals and receipts
 * rest on is counted and stays, and so does what a legal hold covers. Once it is stopped it ends with the page it is on.
 *
 * @returns null when there was nothing to do, or another process has the turn.
 * @throws AppError forbidden for anyone but the system; whatever a page failed with, which the next turn tries again.
 */
export async function rereadStored(ctx: Context): Promise<RedactionRun | null> {
  await authorize(ctx, "work", { kind: "redaction", id: "turn", projectId: null });
  const walk: Walk = { owner: newId.redactionRun(), sinceMs: performance.now() };
  const turn = await claimRedactionTurn(ctx.db, walk.owner);
  if (!turn) return null;
  try {
    let run = (await findOpenRedactionRun(ctx.db)) ?? (await beginForRules(ctx, turn.rulesVersion));
    while (run?.state === "running" && !ctx.services.stopping?.aborted) run = await turnPage(ctx, walk, run);
    return run;
  } finally {
    await endRedactionTurn(ctx.db, walk.owner);
  }
}

/** Who walks, under which name the turn was taken, and since when. */
type Walk = { owner: string; sinceMs: number };

async function turnPage(ctx: Context, walk: Walk, run: RedactionRun): Promise<RedactionRun> {
  try {
    return await rereadPage(ctx, walk, run);
  } catch (error) {
    if (!(error instanceof TurnLost)) await noteRedactionFault(ctx.db, run.runId, codeOf(error));
    throw error;
  }
}

async function beginForRules(ctx: Context, rulesVersion: number): Promise<RedactionRun | null> {
  if (rulesVersion >= redactionRulesVersion) return null;
  // Whoever stopped it starts it again, or the rules of another release do.
  if (await wasRereadingStopped(ctx.db, redactionRulesVersion)) return null;
  const run = newRedactionRun(ctx, "rules");
  return inTransaction(ctx.db, async (tx) => {
    if (!(await isAnythingStored(ctx.db))) {
      await markRulesVersion(tx, redactionRulesVersion);
      return null;
    }
    return (await insertRedactionRun(tx, run)) ? run : null;
  });
}

export function newRedactionRun(ctx: Context, trigger: RedactionRun["trigger"]): RedactionRun {
  return {
    ...{ runId: newId.redactionRun(), trigger, actor: actorRef(ctx.actor) },
    ...{ rulesVersion: redactionRulesVersion, state: "running", place: redactedPlaces[0], after: [] },
    ...{ examined: {}, changed: {}, frozen: {}, heldBack: {}, approvalsVoided: 0, error: null },
    ...{ startedAtMs: ctx.nowMs, endedAtMs: null },
  };
}

async function rereadPage(ctx: Context, walk: Walk, run: RedactionRun): Promise<RedactionRun> {
  const { place } = run;
  if (place === null) return endRun(ctx, walk, run);
  const rows = await readTexts(ctx.db, place, { after: run.after, limit: pageMax });
  const last = rows.at(-1);
  if (!last) return keep(ctx, walk, { ...run, place: nextPlace(place), after: [], error: null });
  const config = await loadConfig(ctx.db);
  // Looked at without a lock: nearly every row stays as it is, and intake waits for none of them.
  const found = await redactRows(place, rows, config);
  const seen: RedactionRun = {
    ...run,
    after: last.keys,
    examined: withCount(run.examined, place, rows.length),
    error: null,
  };
  if (textPlaces[place].frozen) {
    return keep(ctx, walk, { ...seen, frozen: withCount(run.frozen, place, found.length) });
  }
  if (found.length === 0) return keep(ctx, walk, seen);
  return inTransaction(ctx.db, async (tx) => {
    await lockAgainstHolds(tx);
    const locked = await lockTexts(
      tx,
      place,
      found.map(({ row }) => row.keys),
    );
    const free = locked.filter((row) => !row.held);
    const changed = await redactRows(place, free, config);
    const voided = await writeChanged(tx, ctx, place, changed);
    const next: RedactionRun = {
      ...seen,
      changed: withCount(run.changed, place, changed.length),
      heldBack: withCount(run.heldBack, place, locked.length - free.length),
      approvalsVoided: run.approvalsVoided + voided,
    };
    const kept = await saveKept(tx, walk.owner, next);
    if (changed.length > 0) {
      await recordAudit(tx, ctx, {
        action: "incident_monitor.redaction.reread",
        subject: { kind: "redaction", id: run.runId },
        detail: { run_id: run.runId, [place]: changed.length, approvals_voided: voided },
      });
    }
    return kept;
  });
}

async function writeChanged(
  tx: Transaction,
  ctx: Context,
  place: RedactedPlace,
  changed: readonly RedactedRow[],
): Promise<number> {
  for (const { change } of changed) await writeTexts(tx, place, change);
  return settleChanged(
    tx,
    ctx,
    place,
    changed.map(({ row }): TextRow => row),
  );
}

async function endRun(ctx: Context, walk: Walk, run: RedactionRun): Promise<RedactionRun> {
  const tookMs = Math.round(performance.now() - walk.sinceMs);
  const ended: RedactionRun = { ...run, state: "done", endedAtMs: ctx.nowMs + tookMs };
  return inTransaction(ctx.db, async (tx) => {
    const kept = await saveKept(tx, walk.owner, ended);
    if (kept.state === "stopped") return kept;
    await markRulesVersion(tx, run.rulesVersion);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.redaction.completed",
      subject: { kind: "redaction", id: run.runId },
      detail: {
        ...{ run_id: run.runId, rules_version: run.rulesVersion, examined: totalOfRun(run.examined) },
        ...{ changed: totalOfRun(run.changed), frozen: totalOfRun(run.frozen) },
        ...{ held_back: totalOfRun(run.heldBack), approvals_voided: run.approvalsVoided },
      },
    });
    return ended;
  });
}

const keep = (ctx: Context, walk: Walk, run: RedactionRun): Promise<RedactionRun> =>
  inTransaction(ctx.db, (tx) => saveKept(tx, walk.owner, run));

async function saveKept(tx: Transaction, owner: string, run: RedactionRun): Promise<RedactionRun> {
  if (!(await keepRedactionTurn(tx, owner))) throw new TurnLost();
  return saveRedactionRun(tx, run);
}

/** Another process took the turn because this one was away for longer than its lease: it goes on, this one ends. */
class TurnLost extends Error {
  readonly code = "turn_lost";
}

const codeOf = (error: unknown) => {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : "failed";
};
