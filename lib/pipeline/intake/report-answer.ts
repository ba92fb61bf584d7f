import { findIncidentWithDraft } from "@/lib/db/incident-store";
import type { IntakeAnswer } from "@/lib/db/intake-answer-store";
import type { IntakeResult } from "@/lib/db/intake-store";
import type { AcceptedRecord } from "@/lib/domain/records";
import type { Context } from "../context";
import { AppError } from "../errors";

/**
 * Each report's own answer: one bad report never spoils its neighbours. An error that is no AppError is a fault of the
 * statement that should have written it, shared with the reports beside it.
 */
export type ReportAnswer = { ok: true; accepted: AcceptedRecord } | { ok: false; error: unknown };

/** `heldNow`: its project, or everything, is paused (D-15), which a repeat of an older failure is told too. */
export function acceptedFrom(result: IntakeResult, again: boolean, heldNow = false): AcceptedRecord {
  const outcome = again ? "recurrence" : result.outcome;
  return {
    outcome,
    incident: result.incident,
    draft: result.draft,
    suppressed: outcome === "recurrence" && result.draft?.approval === "granted",
    held: heldNow || result.incident.held || (result.draft?.held ?? false),
  };
}

/** The same answer as before for the same request; another request under the same key is a conflict. */
export async function repeatAnswer(
  ctx: Context,
  answer: IntakeAnswer,
  requestHash: string,
): Promise<ReportAnswer> {
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
export async function recordAnswer(
  ctx: Context,
  incidentId: string,
  inserted: boolean,
  alreadyCounted = false,
): Promise<ReportAnswer> {
  const counted = await findIncidentWithDraft(ctx.db, incidentId);
  const leadId = counted?.incident.mergedIntoId;
  const found = leadId ? await findIncidentWithDraft(ctx.db, leadId) : counted;
  if (!found)
    return { ok: false, error: new AppError("not_found", "incident_not_found", "That incident was deleted") };
  const blocked = found.incident.disposition === "quality_gate_blocked";
  const outcome = blocked ? "blocked" : inserted ? "new" : "recurrence";
  const accepted = acceptedFrom({ outcome, ...found }, false);
  return { ok: true, accepted: alreadyCounted ? { ...accepted, alreadyCounted } : accepted };
}
