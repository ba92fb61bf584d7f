import { findEvidence, findEvidenceOfBytes } from "@/lib/db/evidence-store";
import { findLastGood } from "@/lib/db/similar-store";
import { listTriageArtifacts } from "@/lib/db/triage-store";
import type { MonitorConfig } from "@/lib/domain/config";
import { artifactReference, parseEvidenceReference } from "@/lib/domain/evidence-reference";
import type { Draft } from "@/lib/domain/records";
import { findProject } from "@/lib/domain/source-binding";
import type { PhaseArtifacts, TriageSubject } from "@/lib/domain/triage";
import { type TriageRun } from "@/lib/domain/triage-run";
import { triageNodes } from "@/lib/domain/triage-run-facts";
import { resolveRoot } from "@/lib/sources/source-root";
import type { Context } from "../context";
import { valueOf } from "./make-artifact";
import type { PhaseGround } from "./phase-work";

/** References that are looked up for a run: each is a read of its own. */
const referencesMax = 10;

/** What a run works on. Read-only; a root that this host does not allow is no root, and says why. */
export async function readGround(
  ctx: Context,
  config: MonitorConfig,
  draft: Draft,
  run: TriageRun,
): Promise<PhaseGround> {
  const [subject, place, logNeighbours, done] = await Promise.all([
    readSubject(ctx, draft),
    readRoot(ctx, config, draft),
    readNeighbours(ctx, draft),
    readDone(ctx, run),
  ]);
  const { allowedRoots = [], refusedFolders = [] } = ctx.services;
  return { ctx, config, run, draft, subject, ...place, allowedRoots, refusedFolders, logNeighbours, done };
}

/** The failure as triage is given it. All of it was redacted at intake; nothing of it is trusted. */
export async function readSubject(ctx: Context, draft: Draft): Promise<TriageSubject> {
  const { content } = draft;
  return {
    draftId: draft.draftId,
    incidentId: draft.incidentId,
    fingerprint: draft.fingerprint,
    repo: content.repo,
    projectId: content.projectId,
    title: content.title,
    detail: content.detail,
    excerpt: content.excerpt,
    evidenceRefs: content.evidenceRefs,
    eventType: content.eventType,
    component: content.component ?? null,
    source: content.source ?? null,
    level: content.level ?? null,
    riskLevel: content.riskLevel,
    environment: { ...content.attributes },
    firstSeenAtMs: draft.firstSeenAtMs,
    lastSeenAtMs: draft.lastSeenAtMs,
    lastGoodAtMs: await findLastGood(ctx.db, draft),
  };
}

/** The project's workspace root, else the deployment's; never what a reporter names (D-34). */
export async function readRoot(
  ctx: Context,
  config: MonitorConfig,
  draft: Draft,
): Promise<{ root: string | null; rootRefusal: string | null }> {
  return readProjectRoot(ctx, config, draft.content.projectId);
}

/** The same of a project; of none (null) the deployment's. */
export async function readProjectRoot(
  ctx: Pick<Context, "services">,
  config: MonitorConfig,
  projectId: string | null,
): Promise<{ root: string | null; rootRefusal: string | null }> {
  const project = projectId ? findProject(config, projectId) : null;
  const workspaceRoot = project?.workspaceRoot || config.workspaceRoot || "";
  if (!workspaceRoot) return { root: null, rootRefusal: "No workspace root is configured" };
  const { allowedRoots = [], refusedFolders = [] } = ctx.services;
  const found = await resolveRoot({ workspaceRoot, allowedRoots, refusedFolders });
  if (!found.ok) return { root: null, rootRefusal: found.detail };
  return { root: found.root, rootRefusal: null };
}

/** References of the draft to bytes of watched logs that are still kept; they resolve over the evidence route. */
async function readNeighbours(ctx: Context, draft: Draft): Promise<string[]> {
  const references = draft.content.evidenceRefs.slice(0, referencesMax);
  const found = await Promise.all(
    references.map(async (reference) => ((await isKept(ctx, draft, reference)) ? [reference] : [])),
  );
  return found.flat();
}

/** Only of its own project: a report may name anybody's. */
async function isKept(ctx: Context, draft: Draft, reference: string): Promise<boolean> {
  const wanted = parseEvidenceReference(reference);
  if (!wanted || wanted.projectId !== draft.content.projectId) return false;
  const { projectId, sourceId } = wanted;
  if (wanted.kind === "artifact") {
    return (
      (await findEvidence(ctx.db, artifactReference(projectId, sourceId, wanted.file), ctx.nowMs)) !== null
    );
  }
  const { offsetStart, offsetEnd } = wanted;
  const pathPrefix = artifactReference(projectId, sourceId, "");
  return (await findEvidenceOfBytes(ctx.db, { pathPrefix, offsetStart, offsetEnd }, ctx.nowMs)) !== null;
}

/** What the run's own phases left so far, by this worker or another. */
export async function readDone(ctx: Pick<Context, "db">, run: TriageRun): Promise<Partial<PhaseArtifacts>> {
  const wanted = new Map(
    run.phases.flatMap((each) =>
      each.state === "done" && each.artifactId ? [[each.artifactId, each.phase]] : [],
    ),
  );
  if (wanted.size === 0) return {};
  const done: Record<string, unknown> = {};
  for (const artifact of await listTriageArtifacts(ctx.db, run.runId)) {
    const phase = wanted.get(artifact.artifactId);
    if (phase && artifact.type === triageNodes[phase].artifactType) done[phase] = valueOf(artifact);
  }
  return done;
}
