import { patchSketchOf } from "./patch-sketch";
import { causeFinding, likelyCauseOf } from "./proposal-cause";
import { fixPointsOf, recommendedFixOf } from "./proposal-fix";
import { type ProposeInput, proposalGround } from "./proposal-ground";
import { blastRadiusOf, labelsOf, riskOf } from "./proposal-risk";
import { acceptanceOf, reproductionOf, verificationOf } from "./proposal-steps";
import type { Finding, LookedAt, Proposal } from "./triage";
import { codeAt, commitOf } from "./triage-claim";
import { oneLine } from "./triage-words";

const textLength = 1_500;

/**
 * The fourth phase: likely cause, fix, and how to show that it is one, from what the three phases before found. Pure. Where no
 * cause was found it says so, and fix, acceptance criteria and verification stay empty, so that no gate passes on words that
 * would fit any failure (W-48). The rules are in `docs/triage-rules.md`, Propose.
 */
export function proposeFix(input: ProposeInput): Proposal {
  const ground = proposalGround(input);
  const likelyCause = oneLine(likelyCauseOf(ground), textLength);
  const recommendedFix = oneLine(recommendedFixOf(ground), textLength);
  // A cause to which no rule knows a fix leaves nothing to accept or to verify.
  const fixed = recommendedFix === "" ? { ...ground, cause: "none" as const } : ground;
  const reproduction = reproductionOf(ground);
  const patch = patchSketchOf(ground);
  const risk = riskOf(ground, patch);
  const findings: Finding[] = [causeFinding(ground, likelyCause), ...risk.findings];
  if (patch !== null && ground.suspect !== null)
    findings.push({
      rule: patch.rule,
      certainty: "inference",
      confidence: ground.validation.confidence,
      statement: "The patch is a suggestion made by a rule. It was not applied or run.",
      evidence: [codeAt(patch.path, patch.fromLine), commitOf(ground.suspect.hash)],
    });
  return {
    lookedAt: lookedAt(input),
    likelyCause,
    recommendedFix,
    fixPoints: fixPointsOf(ground).map((point) => ({ ...point, why: oneLine(point.why, 300) })),
    reproduction,
    acceptanceCriteria: acceptanceOf(fixed),
    verificationSteps: verificationOf(fixed, reproduction),
    riskLevel: risk.level,
    blastRadius: oneLine(blastRadiusOf(ground), 800),
    labels: labelsOf(ground, risk.level),
    patch,
    findings,
  };
}

function lookedAt({ inspection, research, validation }: ProposeInput): LookedAt[] {
  const row = (what: string, note: string): LookedAt => ({ what, outcome: "read", note });
  return [
    row("inspection", `${inspection.frames.length} frames, ${inspection.windows.length} windows`),
    row(
      "research",
      `${research.history.suspects.length} commits, ${research.similar.length} similar records`,
    ),
    row(
      "validation",
      `${validation.claims.length} claims, ${validation.contradictions.length} contradictions`,
    ),
  ];
}
