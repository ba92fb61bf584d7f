import { announceChange } from "@/lib/db/change-feed";
import { insertAttestation, listStandingAttestations, withdrawAttestations } from "@/lib/db/readiness-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import {
  type Attestation,
  attestationDays,
  judgeReadiness,
  type ReadinessControl,
} from "@/lib/domain/production-readiness";
import { isOwnedControl, readinessControls } from "@/lib/domain/readiness-controls";
import { storable } from "@/lib/domain/text";
import { newId } from "@/lib/ids";
import { profileNamed } from "@/lib/redaction/profiles";
import { redactText } from "@/lib/redaction/redact-text";
import { auditRefusal, authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { readConfig } from "../settings/get-config";
import { personRequired } from "../step-up";
import { readReadinessFacts } from "./read-readiness-facts";

export type AttestReadinessInput = { controlId: string; note: string; expiresInDays?: number | null };

const dayMs = 86_400_000;
/** Of the whole deployment, so that roles on some projects do not open it. */
const subjectOf = (id: string) => ({ kind: "readiness_control", id, projectId: null });

/** Every control as it stands now. A pure read. @throws AppError forbidden */
export async function getProductionReadiness(ctx: Context): Promise<ReadinessControl[]> {
  await authorize(ctx, "assess", subjectOf("*"));
  const [facts, attestations] = await Promise.all([
    readReadinessFacts(ctx),
    listStandingAttestations(ctx.db),
  ]);
  return judgeReadiness(readinessControls, facts, attestations, ctx.nowMs);
}

/**
 * Records that a person vouches for what this product cannot see, until a day. It says who said so, never that it holds.
 *
 * @throws AppError forbidden (`person_required` for any token), not_found `readiness_control_not_found`, invalid
 * `attestation_invalid` with `field`
 */
export async function attestReadiness(ctx: Context, input: AttestReadinessInput): Promise<Attestation> {
  await requireVouching(ctx, input.controlId);
  const days = input.expiresInDays ?? attestationDays.default;
  if (days < 1 || days > attestationDays.max)
    throw invalid("expires_in_days", `It holds for 1 to ${attestationDays.max} days`);
  const { safetyDefaults } = await readConfig(ctx);
  const profile = profileNamed(safetyDefaults.redactionProfile, safetyDefaults);
  const note = storable(redactText(input.note.trim(), profile).text);
  if (note === "") throw invalid("note", "Say what you vouch for: where, who, how it was checked");
  const attestation: Attestation = {
    ...{ attestationId: newId.attestation(), controlId: input.controlId, note, actor: actorRef(ctx.actor) },
    ...{ attestedAtMs: ctx.nowMs, expiresAtMs: ctx.nowMs + days * dayMs, withdrawnAtMs: null },
  };
  await inTransaction(ctx.db, async (tx) => {
    await insertAttestation(tx, attestation);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.readiness.attested",
      subject: subjectOf(input.controlId),
      detail: { attestation_id: attestation.attestationId, expires_at_ms: attestation.expiresAtMs },
    });
    await announceChange(tx, { topic: "config", id: input.controlId });
  });
  return attestation;
}

/**
 * Takes back that anybody vouches for it; the rows stay. Asked again it changes nothing.
 *
 * @throws AppError as attestReadiness
 */
export async function withdrawReadiness(ctx: Context, { controlId }: { controlId: string }): Promise<void> {
  await requireVouching(ctx, controlId);
  await inTransaction(ctx.db, async (tx) => {
    const by = { actor: actorRef(ctx.actor), at: new Date(ctx.nowMs) };
    const withdrawn = await withdrawAttestations(tx, controlId, by);
    if (withdrawn === 0) return;
    await recordAudit(tx, ctx, {
      action: "incident_monitor.readiness.withdrawn",
      subject: subjectOf(controlId),
      detail: { attestations: withdrawn },
    });
    await announceChange(tx, { topic: "config", id: controlId });
  });
}

async function requireVouching(ctx: Context, controlId: string): Promise<void> {
  await authorize(ctx, "configure", subjectOf(controlId));
  if (!isOwnedControl(controlId)) {
    throw new AppError(
      "not_found",
      "readiness_control_not_found",
      "Nobody can vouch for this: there is no such control, or it is judged by looking",
      { control_id: controlId },
    );
  }
  if (ctx.actor.kind === "user") return;
  await auditRefusal(ctx, "configure", subjectOf(controlId), "person_required");
  throw personRequired("vouch for a control");
}

const invalid = (field: string, message: string) =>
  new AppError("invalid", "attestation_invalid", message, { field });
