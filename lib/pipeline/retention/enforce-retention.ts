import { loadConfig } from "@/lib/db/config-store";
import { markDeleted } from "@/lib/db/deletion-store";
import { erase } from "@/lib/db/erasure-store";
import { type RetainedTable, retainedTables } from "@/lib/db/retention-due";
import { listHoldRecords, lockAgainstHolds } from "@/lib/db/retention-hold-store";
import {
  claimTurn,
  endTurn,
  keepTurn,
  listRunRecords,
  readSwitch,
  saveRun,
} from "@/lib/db/retention-run-store";
import { countHeldBack, type DueRow, listDue, readDue } from "@/lib/db/retention-store";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { listWordedLeft, listWordedOf } from "@/lib/db/worded-entry-store";
import { actorRef } from "@/lib/domain/actor";
import { canonicalJson } from "@/lib/domain/canonical-json";
import type { MonitorConfig } from "@/lib/domain/config";
import type { DeletableNoun } from "@/lib/domain/deletion";
import { type RetentionPlan, retentionPlan } from "@/lib/domain/retention";
import { type RetentionRun, totalOf, withRemoved } from "@/lib/domain/retention-run";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { eraseEntries } from "../governance/erase-entries";
import { recordAudit } from "../record-audit";
import { announceDeletion, cancelledEntries } from "../records/settle-deletion";

/** Rows that one commit takes: intake never waits for long, and what a crash leaves undone is little. */
const batchMax = 200;
/** Ids that are looked up at once for many commits: looking is dearer than taking. */
const lookedUpMax = 5_000;
const why = "Retention: older than its profile keeps it";

/** Incidents, drafts and posts are hidden (D-21) before or instead of losing their text. */
export const nounOf: Partial<Record<RetainedTable, DeletableNoun>> = {
  posts: "post",
  drafts: "draft",
  incidents: "incident",
};

/**
 * One run of what the profiles say: each kind in short commits until nothing is due, what a hold covers stays. A run that
 * removes something, fails, or meets holds leaves a record. Nothing goes while paused, also not from the middle of a run on;
 * only one process runs at a time.
 *
 * @returns null when there was nothing to run: paused, or another process has the turn.
 * @throws AppError forbidden for anyone but the system; the first failure, after everything else was tried.
 */
export async function enforceRetention(ctx: Context): Promise<RetentionRun["removed"] | null> {
  await authorize(ctx, "work", { kind: "retention", id: "turn", projectId: null });
  const config = await loadConfig(ctx.db);
  if (isIdle(config)) return null;
  const plan = retentionPlan(config, ctx.nowMs);
  let run = newRun(ctx);
  const started = performance.now();
  const turn = await claimTurn(ctx.db, run.runId);
  if (!turn) return null;
  const holds = await listHoldRecords(ctx.db, { projects: null, open: true });
  const rules = canonicalJson([plan.rules, holds.map(({ holdId }) => holdId)]);
  const sinceMs = turn.rules === rules ? turn.completeAtMs : null;
  const failures: unknown[] = [];
  let stopped = false;
  for (const table of retainedTables) {
    try {
      for (let more = true; more && !stopped; ) {
        const before = run.removed[table];
        const ids = await listDue(ctx.db, table, plan, { sinceMs, limit: lookedUpMax });
        for (let at = 0; at < ids.length && !stopped; at += batchMax) {
          stopped = await isToStop(ctx);
          if (!stopped)
            run = await removeBatch(ctx, run, table, { plan, config, ids: ids.slice(at, at + batchMax) });
        }
        // What could not be taken at all is for another run.
        more = ids.length === lookedUpMax && run.removed[table] !== before;
      }
    } catch (error) {
      failures.push(error);
      run = { ...run, errors: [...run.errors, { code: codeOf(error), place: table }] };
    }
  }
  if (!stopped) await eraseLeft(ctx, failures);
  const tookMs = Math.round(performance.now() - started);
  await endRun(ctx, run, { plan, rules, stopped, tookMs });
  if (failures.length > 0) throw failures[0];
  return run.removed;
}

const isIdle = (config: Pick<MonitorConfig, "enabled" | "paused">) => !config.enabled || config.paused;

/** Between two commits: was the monitor paused, or this process told to end? */
async function isToStop(ctx: Context): Promise<boolean> {
  if (ctx.services.stopping?.aborted) return true;
  const now = await readSwitch(ctx.db);
  return now !== null && isIdle(now);
}

function newRun(ctx: Context): RetentionRun {
  return {
    ...{ runId: newId.retentionRun(), trigger: "schedule", actor: actorRef(ctx.actor), projectId: null },
    ...{ subject: {}, state: "running", removed: {}, heldBack: {}, errors: [] },
    ...{ startedAtMs: ctx.nowMs, endedAtMs: null },
  };
}

type Ground = { plan: RetentionPlan; config: MonitorConfig; ids: readonly string[] };

/** One commit: what goes, its audit entry, and how far the run is. */
async function removeBatch(
  ctx: Context,
  run: RetentionRun,
  table: RetainedTable,
  { plan, config, ids }: Ground,
): Promise<RetentionRun> {
  return inTransaction(ctx.db, async (tx) => {
    await lockAgainstHolds(tx);
    const due = await readDue(tx, table, plan, ids);
    const gone = due.length === 0 ? 0 : await removeRows(tx, ctx, table, due);
    if (gone === 0) return run;
    const next = withRemoved(run, table, gone);
    if (!(await keepTurn(tx, run.runId, run.runId))) throw new TurnLost();
    await saveRun(tx, next);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.retention.enforced",
      subject: { kind: "retention", id: run.runId },
      detail: {
        [table]: gone,
        run_id: run.runId,
        retention_days: config.safetyDefaults.retentionDays ?? null,
      },
    });
    return next;
  });
}

/** Another process took the turn because this one was away for longer than its lease: it goes on, this one ends. */
class TurnLost extends Error {
  readonly code = "turn_lost";
}

async function removeRows(
  tx: Transaction,
  ctx: Context,
  table: RetainedTable,
  due: readonly DueRow[],
): Promise<number> {
  const noun = nounOf[table];
  const whole = noun ? due.filter(({ mode }) => mode === "delete") : due;
  const erased = await erase(tx, table, {
    ids: whole.map(({ id }) => id),
    at: whole.map(({ at }) => at),
    now: new Date(ctx.nowMs),
  });
  if (table === "posts") await eraseWordsOf(tx, ctx, erased);
  if (!noun) return erased.length;
  const hidden = due.filter(({ mode }) => mode === "hide").map(({ id }) => id);
  const taken = await hideRecords(tx, ctx, noun, [...erased, ...hidden], why);
  return erased.length + hidden.filter((id) => taken.has(id)).length;
}

/** Words in the audit of what was forgotten before their entry was sealed; a failure is for another turn. */
async function eraseLeft(ctx: Context, failures: unknown[]): Promise<void> {
  try {
    const left = await listWordedLeft(ctx.db, batchMax);
    if (left.length > 0) await inTransaction(ctx.db, (tx) => eraseEntries(tx, ctx, left, forgotten));
  } catch (error) {
    failures.push(error);
  }
}

const forgotten = { fields: ["detail"], reason: "retention" } as const;

/** The words of people that the audit repeats about these posts; their leaves stay provable. */
export async function eraseWordsOf(tx: Transaction, ctx: Context, postIds: readonly string[]): Promise<void> {
  await eraseEntries(tx, ctx, await listWordedOf(tx, postIds), forgotten);
}

/** As a person's bulk delete does, in a transaction under way; the ids that were in sight until now. */
export async function hideRecords(
  tx: Transaction,
  ctx: Context,
  noun: DeletableNoun,
  ids: readonly string[],
  reason: string,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const tombstone = { actor: actorRef(ctx.actor), reason, atMs: ctx.nowMs };
  const deletion = await markDeleted(tx, noun, ids, null, tombstone);
  if (deletion.deleted.length > 0) {
    await recordAudit(
      tx,
      ctx,
      {
        action: `incident_monitor.${noun}s.deleted`,
        subject: { kind: `${noun}s`, id: "bulk" },
        detail: {
          ...{ all: false, reason_given: true, deleted: deletion.deleted.length },
          ids: deletion.deleted.map((each) => each.id),
          deliveries_cancelled: deletion.cancelled.length,
        },
      },
      ...cancelledEntries(noun, deletion),
    );
    await announceDeletion(tx, noun, deletion);
  }
  return new Set(deletion.deleted.map((each) => each.id));
}

async function endRun(
  ctx: Context,
  run: RetentionRun,
  { plan, rules, stopped, tookMs }: { plan: RetentionPlan; rules: string; stopped: boolean; tookMs: number },
): Promise<void> {
  const failed = run.errors.length > 0;
  const heldBack = stopped ? {} : await countHeldBack(ctx.db, plan);
  const state = failed ? "failed" : stopped ? "more" : "done";
  const ended: RetentionRun = { ...run, heldBack, state, endedAtMs: ctx.nowMs + tookMs };
  if (await isWorthRecord(ctx, ended)) await inTransaction(ctx.db, (tx) => saveRun(tx, ended));
  await endTurn(ctx.db, run.runId, failed || stopped ? null : { rules, atMs: ctx.nowMs });
}

/** A turn every half minute would bury those that did something: of the others only what holds newly keep back is told. */
async function isWorthRecord(ctx: Context, run: RetentionRun): Promise<boolean> {
  if (totalOf(run.removed) > 0 || run.errors.length > 0) return true;
  if (totalOf(run.heldBack) === 0) return false;
  const runs = await listRunRecords(ctx.db, { projects: null, limit: 20 });
  const last = runs.find(({ trigger }) => trigger === "schedule");
  return canonicalJson(last?.heldBack ?? {}) !== canonicalJson(run.heldBack);
}

const codeOf = (error: unknown) => {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : "failed";
};
