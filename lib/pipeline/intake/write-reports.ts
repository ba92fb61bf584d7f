import { deleteLapsedAnswers, findCountedOrigins, findIntakeAnswers } from "@/lib/db/intake-answer-store";
import {
  type IntakeBatch,
  type IntakeGroup,
  type IntakeResult,
  insertIntakeBatch,
} from "@/lib/db/intake-store";
import { countRepeats, isKnownRepeat } from "@/lib/db/repeat-store";
import { isRetryable, isUniqueViolation } from "@/lib/db/transaction";
import { newId } from "@/lib/ids";
import type { Context } from "../context";
import { AppError } from "../errors";
import { mergeGroups } from "./prepare-report";
import { acceptedFrom, type ReportAnswer, recordAnswer, repeatAnswer } from "./report-answer";

/** A report on its way into the database: its place among the answers and who sent it. */
export type Prepared = { index: number; caller: Context; group: IntakeGroup };

/**
 * Writes prepared reports, each once: what was answered or counted before is answered from its record, sightings of one
 * failure become one group, and two that must count once go one after the other. Fills `answers` in place.
 */
export async function writeReports(
  ctx: Context,
  prepared: Prepared[],
  answers: ReportAnswer[],
  round = 1,
): Promise<void> {
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
    const key = each.group.identity;
    const same = groups.get(key);
    if (same) {
      same.group = mergeGroups(same.group, each.group);
      same.indexes.push(each.index);
    } else groups.set(key, { group: each.group, indexes: [each.index] });
  }
  await writeGroups(ctx, [...groups.values()], prepared, answers, round);
  if (later.length > 0) await writeReports(ctx, later, answers, round);
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
  let left = [...whole, ...(await commit(ctx, countRepeats, repeats, prepared, answers, round))];
  // What was merged while the statement waited for it is looked at again: a merge is over in a moment.
  for (let turn = 1; left.length > 0 && turn <= placingTurns; turn += 1)
    left = await commit(ctx, insertIntakeBatch, left, prepared, answers, round);
  for (const index of left.flatMap((each) => each.indexes))
    answers[index] = { ok: false, error: notPlaced() };
}

const placingTurns = 4;
const notPlaced = () =>
  new AppError("conflict", "incident_moving", "Its incident is being merged over and over; send it again");

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
      audit: {
        id: newId.audit(),
        requestId: ctx.requestId,
        detail: batchDetail(groups.map((each) => each.group)),
      },
    });
  } catch (error) {
    if (round >= 4 || !(isUniqueViolation(error) || isRetryable(error))) {
      for (const index of indexes) answers[index] = { ok: false, error };
      return [];
    }
    // Somebody else answered one of our idempotency keys or counted one of our lines first, or an answer of yesterday is
    // still there: nothing was written, so look up and go again.
    const keys = groups.flatMap((each) => each.group.sightings.flatMap((one) => one.idempotency ?? []));
    await deleteLapsedAnswers(ctx.db, keys, ctx.nowMs);
    const waiting = new Set(indexes);
    await writeReports(
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
      const again = result.outcome === "new" && nth > 0;
      answers[index] = { ok: true, accepted: acceptedFrom(result, again, each.group.held) };
    });
    return false;
  });
}

/** What the audit entry of a batch says. */
export function batchDetail(groups: readonly IntakeGroup[]): Record<string, unknown> {
  const sightings = groups.flatMap((group) => group.sightings);
  const reporters = new Set(sightings.map((each) => `${each.reporter.kind}:${each.reporter.id}`));
  return {
    accepted: sightings.length,
    incidents: groups.length,
    blocked: groups.filter((group) => !group.candidate.gate.passed).length,
    reporters: [...reporters].slice(0, 20),
  };
}
