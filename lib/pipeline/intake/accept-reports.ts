import { loadConfig } from "@/lib/db/config-store";
import { findIncidentWithDraft } from "@/lib/db/incident-store";
import {
  deleteLapsedAnswers,
  findCountedOrigins,
  findIntakeAnswers,
  type IntakeAnswer,
} from "@/lib/db/intake-answer-store";
import {
  type IntakeBatch,
  type IntakeGroup,
  type IntakeResult,
  insertIntakeBatch,
} from "@/lib/db/intake-store";
import { countRepeats, isKnownRepeat } from "@/lib/db/repeat-store";
import { isUniqueViolation } from "@/lib/db/transaction";
import type { AcceptedRecord } from "@/lib/domain/records";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { bindReport, groupKey, type IncomingReport, mergeGroups, prepareGroup } from "./prepare-report";
import { redactReports } from "./redact-reports";

export type AcceptReportsInput = { reports: IncomingReport[] };

/**
 * Each report's own answer: one bad report never spoils its neighbours. An error that is no AppError is a fault of the
 * statement that should have written it, shared with the reports beside it.
 */
export type ReportAnswer = { ok: true; accepted: AcceptedRecord } | { ok: false; error: unknown };

export type Submitted = { ctx: Context; incoming: IncomingReport };

/** Accepts one caller's reports together, in the order given; at most 500 (D-26). */
export async function acceptReports(ctx: Context, input: AcceptReportsInput): Promise<ReportAnswer[]> {
  return acceptBatch(
    input.reports.map((incoming) => ({ ctx, incoming })),
    ctx,
  );
}

/**
 * Bind, redact, identify, judge and draft every report in memory, then write them all in one statement. Called with the
 * reports of several callers when they arrive together (the intake batcher).
 */
export async function acceptBatch(submitted: Submitted[], ctx: Context): Promise<ReportAnswer[]> {
  const answers = new Array<ReportAnswer>(submitted.length);
  const config = await loadConfig(ctx.db);
  const bound = await Promise.all(
    submitted.map(async (each, index) => {
      try {
        const project = each.incoming.path.kind === "bound" ? each.incoming.path.projectId : null;
        const permission = each.incoming.path.kind === "bound" ? "intake" : "report";
        await authorize(each.ctx, permission, {
          kind: "intake",
          id: project ?? "report",
          projectId: project,
        });
        return { index, ...each, bound: bindReport(each.incoming, config) };
      } catch (error) {
        answers[index] = { ok: false, error: asAppError(error) };
        return null;
      }
    }),
  );
  const kept = bound.filter((each) => each !== null);
  const redacted = await redactReports(kept.map((each) => each.bound));
  const prepared = kept.map((each, position) => {
    const one = redacted[position];
    if (!one) throw new Error("redaction lost a report");
    return {
      index: each.index,
      caller: each.ctx,
      group: prepareGroup(one, each.bound, each.incoming, each.ctx.actor, config, ctx.nowMs),
    };
  });
  await write(ctx, prepared, answers);
  return answers;
}

type Prepared = { index: number; caller: Context; group: IntakeGroup };

async function write(ctx: Context, prepared: Prepared[], answers: ReportAnswer[], round = 1): Promise<void> {
  const [known, counted] = await Promise.all([
    findIntakeAnswers(
      ctx.db,
      prepared.flatMap(({ group }) => group.sightings[0]?.idempotency ?? []),
      ctx.nowMs,
    ),
    findCountedOrigins(
      ctx.db,
      prepared.flatMap(({ group }) => group.sightings[0]?.originKey ?? []),
    ),
  ]);
  const seen = new Set<string>();
  const later: Prepared[] = [];
  const groups = new Map<string, Group>();
  for (const each of prepared) {
    const sighting = each.group.sightings[0];
    const idempotency = sighting?.idempotency;
    const earlier = idempotency && known.get(`${idempotency.scope}\n${idempotency.key}`);
    if (earlier) {
      answers[each.index] = await repeatAnswer(ctx, earlier, idempotency.requestHash);
      continue;
    }
    const countedFor = sighting?.originKey ? counted.get(sighting.originKey) : undefined;
    if (countedFor) {
      answers[each.index] = await recordAnswer(ctx, countedFor, false, true);
      continue;
    }
    // The first of two that must count once in this very batch; the other one is answered after it.
    const once = [
      ...(idempotency ? [`answer\n${idempotency.scope}\n${idempotency.key}`] : []),
      ...(sighting?.originKey ? [`origin\n${sighting.originKey}`] : []),
    ];
    if (once.some((key) => seen.has(key))) {
      later.push(each);
      continue;
    }
    for (const key of once) seen.add(key);
    const key = groupKey(each.group);
    const same = groups.get(key);
    if (same) {
      same.group = mergeGroups(same.group, each.group);
      same.indexes.push(each.index);
    } else groups.set(key, { group: each.group, indexes: [each.index] });
  }
  await writeGroups(ctx, [...groups.values()], prepared, answers, round);
  if (later.length > 0) await write(ctx, later, answers, round);
}

type Group = { group: IntakeGroup; indexes: number[] };

/**
 * Repeats of known failures are counted the short way; what is new or was changed meanwhile is written whole. What one
 * caller sent together is one commit: there or not, whatever ends the process (D-26), so all of it goes one way.
 */
async function writeGroups(
  ctx: Context,
  groups: Group[],
  prepared: Prepared[],
  answers: ReportAnswer[],
  round: number,
): Promise<void> {
  const known = groups.filter(({ group }) => isKnownRepeat(ctx.db, group));
  const isOneCallers = prepared.every((each) => each.caller === prepared[0]?.caller);
  const repeats = isOneCallers && known.length < groups.length ? [] : known;
  const whole = groups.filter((each) => !repeats.includes(each));
  const gone = await commit(ctx, countRepeats, repeats, prepared, answers, round);
  await commit(ctx, insertIntakeBatch, [...whole, ...gone], prepared, answers, round);
}

/** One statement for these groups, and their answers. Gives back the groups it wrote nothing of. */
async function commit(
  ctx: Context,
  statement: (db: Context["db"], batch: IntakeBatch) => Promise<Array<IntakeResult | null>>,
  groups: Group[],
  prepared: Prepared[],
  answers: ReportAnswer[],
  round: number,
): Promise<Group[]> {
  if (groups.length === 0) return [];
  const indexes = groups.flatMap((each) => each.indexes);
  let results: Array<IntakeResult | null>;
  try {
    results = await statement(ctx.db, {
      nowMs: ctx.nowMs,
      groups: groups.map((each) => each.group),
      audit: { id: newId.audit(), requestId: ctx.requestId, detail: batchDetail(groups) },
    });
  } catch (error) {
    if (round >= 4 || !isUniqueViolation(error)) {
      for (const index of indexes) answers[index] = { ok: false, error };
      return [];
    }
    // Somebody else answered one of our idempotency keys or counted one of our lines first, or an answer of yesterday is
    // still there: nothing was written, so look up and go again.
    const keys = groups.flatMap((each) => each.group.sightings.flatMap((one) => one.idempotency ?? []));
    await deleteLapsedAnswers(ctx.db, keys, ctx.nowMs);
    const waiting = new Set(indexes);
    await write(
      ctx,
      prepared.filter((each) => waiting.has(each.index)),
      answers,
      round + 1,
    );
    return [];
  }
  return groups.filter((each, position) => {
    const result = results[position];
    if (!result) return true;
    each.indexes.forEach((index, nth) => {
      // Of several sightings that met in one batch only the first opened the incident.
      answers[index] = { ok: true, accepted: acceptedFrom(result, result.outcome === "new" && nth > 0) };
    });
    return false;
  });
}

function acceptedFrom(result: IntakeResult, again: boolean): AcceptedRecord {
  const outcome = again ? "recurrence" : result.outcome;
  return {
    outcome,
    incident: result.incident,
    draft: result.draft,
    suppressed: outcome === "recurrence" && result.draft?.approval === "granted",
    held: result.incident.held || (result.draft?.held ?? false),
  };
}

/** The same answer as before for the same request; another request under the same key is a conflict. */
async function repeatAnswer(ctx: Context, answer: IntakeAnswer, requestHash: string): Promise<ReportAnswer> {
  if (answer.requestHash !== requestHash) {
    return {
      ok: false,
      error: new AppError(
        "conflict",
        "idempotency_key_reused",
        "This Idempotency-Key was used for another report",
        {
          field: "Idempotency-Key",
        },
      ),
    };
  }
  return recordAnswer(ctx, answer.incidentId, answer.inserted);
}

/** What was counted before is answered with its record, and not counted again. */
async function recordAnswer(
  ctx: Context,
  incidentId: string,
  inserted: boolean,
  alreadyCounted = false,
): Promise<ReportAnswer> {
  const found = await findIncidentWithDraft(ctx.db, incidentId);
  if (!found)
    return { ok: false, error: new AppError("not_found", "incident_not_found", "That incident was deleted") };
  const blocked = found.incident.disposition === "quality_gate_blocked";
  const outcome = blocked ? "blocked" : inserted ? "new" : "recurrence";
  const accepted = acceptedFrom({ outcome, ...found }, false);
  return { ok: true, accepted: alreadyCounted ? { ...accepted, alreadyCounted } : accepted };
}

function batchDetail(groups: Group[]): Record<string, unknown> {
  const sightings = groups.flatMap((each) => each.group.sightings);
  const reporters = new Set(sightings.map((each) => `${each.reporter.kind}:${each.reporter.id}`));
  return {
    accepted: sightings.length,
    incidents: groups.length,
    blocked: groups.filter((each) => !each.group.candidate.gate.passed).length,
    reporters: [...reporters].slice(0, 20),
  };
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  throw error;
}
