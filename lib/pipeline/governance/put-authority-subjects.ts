import { announceChange } from "@/lib/db/change-feed";
import { putRegistration, takeRegistration } from "@/lib/db/registration-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import {
  registrationCounts,
  registrationIssues,
  registrationLifetimes,
  registrationLimits,
  saysTheSame,
} from "@/lib/domain/authority-registration";
import type { RuntimeRegistration, RuntimeSubjects } from "@/lib/domain/authority-subjects";
import type { Issue } from "@/lib/domain/config-issue";
import { decidePrecondition } from "@/lib/domain/precondition";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { readConfig } from "../settings/get-config";
import { type ReassessmentCause, recordReassessmentTrigger } from "./record-reassessment-trigger";
import { redactSubjects } from "./redact-subjects";

export type PutAuthoritySubjectsInput = {
  runtimeId: string;
  /** What people know it by; its id where nothing is given. */
  name: string | null;
  /** How long it holds, ms; a week where nothing is given. */
  expiresInMs: number | null;
  subjects: RuntimeSubjects;
  ifMatch?: string | null;
  ifNoneMatch?: string | null;
};

/** What a changed registration gives to the next reassessment as its cause. */
export const authorityChanged = (runtimeId: string): ReassessmentCause => ({
  trigger: "workflow_authority_change",
  detail: [`authority_subjects.${runtimeId}`],
});

export const registrationSubject = (runtimeId: string) => ({ kind: "runtime_registration", id: runtimeId });

/**
 * Replaces everything a runtime says of itself, in one piece or not at all. Said again unchanged, its generation stays and
 * its age begins anew. Its texts are redacted first; of parameters it holds names alone.
 *
 * @throws AppError forbidden, invalid `registration_invalid` with `field` and `issues`, conflict `registration_stale` |
 * `registrations_too_many`
 */
export async function putAuthoritySubjects(
  ctx: Context,
  input: PutAuthoritySubjectsInput,
): Promise<{ registration: RuntimeRegistration; changed: boolean }> {
  const { runtimeId } = input;
  await authorize(ctx, "registerSubjects", registrationSubject(runtimeId));
  const config = await readConfig(ctx);
  const projectIds = new Set(config.monitoredProjects.map((project) => project.projectId));
  refuse(registrationIssues(input, projectIds));
  const name = input.name?.trim() || runtimeId;
  const redacted = await redactSubjects({ name, subjects: input.subjects }, config.safetyDefaults);
  if (!redacted.ok) throw invalid(redacted.issues);
  const said = { name: redacted.name, subjects: redacted.subjects };

  return inTransaction(ctx.db, async (tx) => {
    const { stored, others } = await takeRegistration(tx, runtimeId);
    const tag = stored ? String(stored.generation) : null;
    if (!decidePrecondition({ ifMatch: input.ifMatch, ifNoneMatch: input.ifNoneMatch }, tag).ok) {
      throw new AppError(
        "conflict",
        "registration_stale",
        "The runtime's registration has changed since you read it; look again",
        { runtime_id: runtimeId, current_generation: stored?.generation ?? null },
      );
    }
    if (!stored && others >= registrationLimits.runtimes) {
      const message = `At most ${registrationLimits.runtimes} runtimes can be registered; take one out first`;
      throw new AppError("conflict", "registrations_too_many", message, {
        limit: registrationLimits.runtimes,
      });
    }
    const changed = !stored || !saysTheSame(stored, said);
    const registration = {
      ...{ runtimeId, ...said, generation: (stored?.generation ?? 0) + (changed ? 1 : 0) },
      registeredAtMs: ctx.nowMs,
      expiresAtMs: ctx.nowMs + (input.expiresInMs ?? registrationLifetimes.defaultMs),
    };
    await putRegistration(tx, registration, actorRef(ctx.actor));
    await recordAudit(tx, ctx, {
      action: "incident_monitor.authority_subjects.registered",
      subject: registrationSubject(runtimeId),
      detail: {
        ...{ generation: registration.generation, changed, expires_at_ms: registration.expiresAtMs },
        ...registrationCounts(said.subjects),
      },
    });
    if (changed) await recordReassessmentTrigger(tx, ctx, [authorityChanged(runtimeId)]);
    await announceChange(tx, { topic: "config", id: runtimeId });
    return { registration, changed };
  });
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw invalid(issues.slice(0, 20));
}

function invalid(issues: readonly Issue[]): AppError {
  const first = issues[0];
  const message = first ? `${first.path}: ${first.message}` : "The registration is not valid";
  return new AppError("invalid", "registration_invalid", message, { field: first?.path ?? "", issues });
}
