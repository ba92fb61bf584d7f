import type { ScenarioRoutePreview } from "@/lib/domain/scenario";
import { stage } from "@/lib/domain/scenario-judge";
import { approveDraft } from "../drafts/approve-draft";
import { AppError } from "../errors";
import { publishDraft } from "../publishing/publish-draft";
import type { Play } from "./play-scenario";

/**
 * Publishes with nobody's approval, and again after each approval but the last: whatever is queued then has passed the
 * gate too early. The last approval is never given, so nothing is queued by right.
 */
export async function tryToPublish(
  play: Play,
  draftId: string,
  preview: ScenarioRoutePreview,
): Promise<void> {
  const { observed, scenario } = play;
  const destinationIds = scenario.input.requestedDestinationIds;
  const attempt = async (): Promise<{ queued: number; code: string }> => {
    try {
      const result = await publishDraft(play.person, { draftId, destinationIds });
      return { queued: result.action === "queued" ? result.queued.length : 0, code: result.action };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { queued: 0, code: error.reason };
    }
  };
  const first = await attempt();
  const early =
    first.queued > 0
      ? { ...first, given: 0 }
      : await approveUntilOneIsMissing(play, draftId, preview, attempt);
  observed.queued = early.queued;
  observed.stages.push(approvalStage(preview, early.given, first.code));
  observed.stages.push(
    early.queued > 0
      ? stage(
          "publish",
          "passed",
          "queued",
          `${early.queued === 1 ? "One delivery" : `${early.queued} deliveries`} would have been queued with too few approvals.`,
        )
      : stage("publish", "stopped", first.code, publishWords(first.code)),
  );
}

async function approveUntilOneIsMissing(
  play: Play,
  draftId: string,
  preview: ScenarioRoutePreview,
  attempt: () => Promise<{ queued: number; code: string }>,
): Promise<{ queued: number; given: number }> {
  let given = 0;
  if (!preview.approvalRequired || preview.blocked || play.scenario.input.deniedBefore)
    return { queued: 0, given };
  for (const person of play.people.slice(0, preview.approvalCount - 1)) {
    try {
      await approveDraft(person, { draftId, destinationIds: preview.effectiveDestinationIds });
    } catch (error) {
      if (error instanceof AppError) break;
      throw error;
    }
    given += 1;
    const { queued } = await attempt();
    if (queued > 0) return { queued, given };
  }
  return { queued: 0, given };
}

function approvalStage(preview: ScenarioRoutePreview, given: number, code: string) {
  if (code === "draft_denied") return stage("approval", "stopped", code, "A person had denied it.");
  if (!preview.approvalRequired)
    return stage("approval", "passed", "not_required", "No policy asked for approval.");
  const because = preview.approvalReasons[0] ?? "a policy asks for it";
  const people = preview.approvalCount === 1 ? "One person" : `${preview.approvalCount} people`;
  const after = given > 0 ? ` After ${given} of them it still waited.` : "";
  return stage("approval", "stopped", "approval_required", `${people} must approve: ${because}.${after}`);
}

function publishWords(code: string): string {
  switch (code) {
    case "approval_required":
      return "Publishing waited for approval and queued nothing.";
    case "draft_denied":
      return "Publishing was refused: it is denied.";
    case "triage_under_way":
      return "Publishing waited for triage and queued nothing.";
    default:
      return "Publishing was refused and queued nothing.";
  }
}

/** An agent's token at both gates. true: both refused it. */
export async function tryAsAgent(play: Play, draftId: string): Promise<boolean> {
  const approved = await isForbidden(() => approveDraft(play.agent, { draftId }));
  const published = await isForbidden(() => publishDraft(play.agent, { draftId, destinationIds: [] }));
  return approved && published;
}

async function isForbidden(tried: () => Promise<unknown>): Promise<boolean> {
  try {
    await tried();
    return false;
  } catch (error) {
    if (error instanceof AppError) return error.kind === "forbidden";
    throw error;
  }
}
