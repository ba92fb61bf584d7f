import { loadConfig } from "@/lib/db/config-store";
import { findIncidentWithDraft } from "@/lib/db/incident-store";
import { deleteLapsedAnswers, findIntakeAnswers, type IntakeAnswer } from "@/lib/db/intake-answer-store";
import { type IntakeGroup, type IntakeResult, insertIntakeBatch } from "@/lib/db/intake-store";
import { isUniqueViolation } from "@/lib/db/transaction";
import type { AcceptedRecord } from "@/lib/domain/records";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { bindReport, groupKey, type IncomingReport, mergeGroups, prepareGroup } from "./prepare-report";
import { redactReports } from "./redact-reports";

export type AcceptReportsInput = { reports: IncomingReport[] };

/** Each report's own answer: one bad report never spoils its neighbours. */
export type ReportAnswer = { ok: true; accepted: AcceptedRecord } | { ok: false; error: AppError };

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
      group: prepareGroup(one, each.bound, each.incoming, each.ctx.actor, config, ctx.nowMs),
    };
  });
  await write(ctx, prepared, answers);
  return answers;
}

type Prepared = { index: number; group: IntakeGroup };

async function write(ctx: Context, prepared: Prepared[], answers: ReportAnswer[], round = 1): Promise<void> {
  const known = await findIntakeAnswers(
    ctx.db,
    prepared.flatMap(({ group }) => group.sightings[0]?.idempotency ?? []),
    ctx.nowMs,
  );
  const seen = new Set<string>();
  const later: Prepared[] = [];
  const groups = new Map<string, { group: IntakeGroup; indexes: number[] }>();
  for (const each of prepared) {
    const idempotency = each.group.sightings[0]?.idempotency;
    const answerKey = idempotency ? `${idempotency.scope}\n${idempotency.key}` : null;
    const earlier = answerKey ? known.get(answerKey) : undefined;
    if (earlier) {
      answers[each.index] = await repeatAnswer(ctx, earlier, idempotency?.requestHash ?? "");
      continue;
    }
    if (answerKey && seen.has(answerKey)) {
      later.push(each);
      continue;
    }
    if (answerKey) seen.add(answerKey);
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

async function writeGroups(
  ctx: Context,
  groups: Array<{ group: IntakeGroup; indexes: number[] }>,
  prepared: Prepared[],
  answers: ReportAnswer[],
  round: number,
): Promise<void> {
  if (groups.length === 0) return;
  let results: IntakeResult[];
  try {
    results = await insertIntakeBatch(ctx.db, {
      nowMs: ctx.nowMs,
      groups: groups.map((each) => each.group),
      audit: { id: newId.audit(), requestId: ctx.requestId, detail: batchDetail(groups) },
    });
  } catch (error) {
    // Somebody else answered one of our idempotency keys first, or its answer of yesterday is still there: nothing was
    // written, so look up and go again.
    if (round >= 4 || !isUniqueViolation(error)) throw error;
    const keys = groups.flatMap((each) => each.group.sightings.flatMap((one) => one.idempotency ?? []));
    await deleteLapsedAnswers(ctx.db, keys, ctx.nowMs);
    const waiting = new Set(groups.flatMap((each) => each.indexes));
    return write(
      ctx,
      prepared.filter((each) => waiting.has(each.index)),
      answers,
      round + 1,
    );
  }
  groups.forEach((each, position) => {
    const result = results[position];
    if (!result) throw new Error("intake lost a result");
    each.indexes.forEach((index, nth) => {
      // Of several sightings that met in one batch only the first opened the incident.
      answers[index] = { ok: true, accepted: acceptedFrom(result, result.outcome === "new" && nth > 0) };
    });
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
  const found = await findIncidentWithDraft(ctx.db, answer.incidentId);
  if (!found)
    return { ok: false, error: new AppError("not_found", "incident_not_found", "That incident was deleted") };
  const blocked = found.incident.disposition === "quality_gate_blocked";
  const outcome = blocked ? "blocked" : answer.inserted ? "new" : "recurrence";
  return { ok: true, accepted: acceptedFrom({ outcome, ...found }, false) };
}

function batchDetail(groups: Array<{ group: IntakeGroup; indexes: number[] }>): Record<string, unknown> {
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
