import { randomBytes } from "node:crypto";
import type { MonitorConfig } from "@/lib/domain/config";
import { readTriageModel } from "@/lib/domain/model-settings";
import { triageLabels } from "@/lib/domain/proposal-risk";
import { type Reason, reason } from "@/lib/domain/reason";
import { findProject } from "@/lib/domain/source-binding";
import type { PhaseArtifacts, Proposal, TriageLimits } from "@/lib/domain/triage";
import { redactLines } from "@/lib/redaction/redact-text";
import { analyseWithModel } from "@/lib/triage/model/analyse-with-model";
import { modelAccess, modelObstacles } from "@/lib/triage/model/model-access";
import type { ModelSettings } from "@/lib/triage/model/model-readiness";
import { projectPorts } from "@/lib/triage/project-ports";
import type { Context } from "../context";
import { redactingOf } from "./make-artifact";
import type { PhaseGround } from "./phase-work";

/** The rules' part of the last phase is done by then; this much is kept for writing it down. */
const reserveMs = 5_000;

/**
 * Puts beside a proposal what a model makes of the same failure, where the deployment switched one on (D-22). The proposal
 * itself stays as the rules made it, whatever comes of that; a model that is not ready is said and not asked.
 */
export async function askModel(
  ground: PhaseGround,
  found: Partial<PhaseArtifacts>,
  proposal: Proposal,
  limits: TriageLimits,
): Promise<Proposal> {
  const { ctx, config, draft, subject } = ground;
  const settings = modelSettingsOf(ctx, config, draft.content.projectId);
  if (!settings.enabled) return proposal;
  const access = modelAccess(settings, ctx.services);
  if (!access || !settings.budget) return notAsked(proposal, modelObstacles(settings, ctx.services));
  const { root, allowedRoots, refusedFolders } = ground;
  const suspects = found.research?.history.suspects ?? [];
  const similar = found.research?.similar ?? [];
  const ports = await projectPorts({ root, allowedRoots, refusedFolders, suspects, similar }, limits);
  const { profile } = redactingOf(config, draft);
  const durationMsMax = Math.max(0, Math.min(settings.budget.durationMsMax, limits.deadlineMs - reserveMs));
  const model = await analyseWithModel(
    { subject, found, labelVocabulary: triageLabels },
    {
      access,
      fetch: ctx.services.fetch,
      ports,
      redact: (text) => redactLines(text.split("\n"), profile).lines.join("\n"),
      boundary: randomBytes(16).toString("hex"),
      nowMs: () => performance.now(),
    },
    { budget: { ...settings.budget, durationMsMax }, signal: limits.signal },
  );
  return { ...proposal, model };
}

/** Everything that keeps a model from being asked in this deployment; null where none is switched on. */
export function modelReasons(ctx: Context, config: MonitorConfig): Reason[] | null {
  const settings = modelSettingsOf(ctx, config, null);
  return settings.enabled ? modelObstacles(settings, ctx.services) : null;
}

/** The project's own policy where it has one, else the deployment's; endpoint and key are the host's alone (D-34). */
function modelSettingsOf(ctx: Context, config: MonitorConfig, projectId: string | null): ModelSettings {
  const project = projectId ? findProject(config, projectId) : null;
  const { enabled, modelId, budget } = readTriageModel(project?.modelPolicy ?? config.modelPolicy);
  const { url = null, keyRef = null } = ctx.services.model ?? {};
  return { enabled, modelId, budget, baseUrl: url, keyRef };
}

function notAsked(proposal: Proposal, reasons: readonly Reason[]): Proposal {
  const [first = reason("model_off", "Analysis by a model is not set up.")] = reasons;
  const asked = { what: "a model's opinion", outcome: "refused", note: first.message } as const;
  return { ...proposal, lookedAt: [...proposal.lookedAt, asked] };
}
