import type { NewTriageArtifact } from "@/lib/db/triage-store";
import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import type { MonitorConfig } from "@/lib/domain/config";
import type { Draft, RedactionCounts } from "@/lib/domain/records";
import { bindSource, findProject } from "@/lib/domain/source-binding";
import { storable } from "@/lib/domain/text";
import type { TriageRun } from "@/lib/domain/triage-run";
import type { ArtifactType } from "@/lib/domain/triage-run-facts";
import { newId } from "@/lib/ids";
import { profileNamed, type RedactionProfile } from "@/lib/redaction/profiles";
import { redactFields } from "@/lib/redaction/redact-fields";

/** An artifact is a page to read, not a dump: what is larger is a fault of whoever made it. */
export const artifactBytesMax = 1024 * 1024;

export type Redacting = { profile: RedactionProfile };

/** Triage text is redacted like every other text of its source, before the first write (D-14, W-44). */
export function redactingOf(config: MonitorConfig, draft: Draft): Redacting {
  const { projectId, logSourceId } = draft.content;
  const project = projectId ? findProject(config, projectId) : null;
  const source = project?.logSources.find((each) => each.sourceId === logSourceId);
  const named = project ? bindSource(project, source).redactionProfile : undefined;
  return redactingNamed(config, named);
}

/** By the profile of that name, by the default where there is none. */
export function redactingNamed({ safetyDefaults }: MonitorConfig, name: string | undefined): Redacting {
  return { profile: profileNamed(name ?? safetyDefaults.redactionProfile, safetyDefaults) };
}

/** A copy that may be stored: redacted, and without what PostgreSQL's JSON cannot hold. */
export async function redactValue<T>(
  value: T,
  { profile }: Redacting,
): Promise<{ value: T; redactions: RedactionCounts }> {
  const [redacted] = await redactFields([{ value: storableJson(value) }], { structural: [] }, profile);
  if (!redacted) throw new Error("redaction returned nothing");
  return {
    value: redacted.value.value as T,
    redactions: Object.fromEntries(redacted.redactions.map((each) => [each.kind, each.count])),
  };
}

function storableJson(value: unknown): unknown {
  if (typeof value === "string") return storable(value);
  if (Array.isArray(value)) return value.map(storableJson);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      member === undefined ? [] : [[storable(key), storableJson(member)]],
    ),
  );
}

export type ArtifactOf = {
  run: Pick<TriageRun, "runId">;
  draft: Pick<Draft, "draftId" | "incidentId">;
  nowMs: number;
};

/** An artifact of a run, ready to be stored. `value` has been redacted. @throws Error when it is larger than an artifact may be. */
export function makeArtifact(
  { run, draft, nowMs }: ArtifactOf,
  type: ArtifactType,
  { value, redactions }: { value: unknown; redactions: RedactionCounts },
  facts: { stepId?: string; madeBy: string },
): NewTriageArtifact {
  const artifactId = newId.evidence();
  const content = { ...(facts.stepId && { step_id: facts.stepId }), made_by: facts.madeBy, value };
  const canonical = canonicalJson(content);
  if (Buffer.byteLength(canonical) > artifactBytesMax) throw new Error(`a ${type} is too large to be kept`);
  return {
    artifactId,
    runId: run.runId,
    draftId: draft.draftId,
    incidentId: draft.incidentId,
    type,
    path: `triage-runs/${run.runId}/${type}/${artifactId}.json`,
    stepId: facts.stepId ?? null,
    content,
    sha256: sha256Hex(canonical),
    redactions,
    createdAtMs: nowMs,
  };
}

/** What an artifact says, without our wrapping. */
export const valueOf = <T>(artifact: { content: Record<string, unknown> }): T => artifact.content.value as T;
