import { hashOfField } from "@/lib/audit/leaf";
import { sha256 } from "@/lib/audit/sha256";
import { readAssessedEntries, readAssessedIncidents, readAssessedReceipts } from "@/lib/db/assessment-store";
import type { ListedEntry } from "@/lib/db/audit-entry-store";
import { findNewestRun, listLatestScenarioFailures } from "@/lib/db/scenario-store";
import { sha256Hex } from "@/lib/digest";
import {
  type AssessedEntry,
  type AssessedGovernance,
  type AssessedScenarios,
  type AssessmentAsk,
  type AssessmentEvidence,
  assessedEntriesMax,
  assessedRecordsMax,
} from "@/lib/domain/assessment";
import { type OwnerOf, ownersOf } from "@/lib/domain/assessment-owner";
import { builtinPack, builtinPackId } from "@/lib/domain/builtin-scenario-pack";
import type { MonitorConfig } from "@/lib/domain/config";
import { defaultThresholds, defaultWindowMs } from "@/lib/domain/governance-metrics";
import { decidePermission } from "@/lib/domain/permission";
import { checkPosture } from "@/lib/domain/posture-checks";
import { type ProbeOutcome, probePolicy } from "@/lib/domain/probe";
import { countResults } from "@/lib/domain/scenario";
import { visibleDestinationIds } from "@/lib/domain/visible-destinations";
import { profileNamed } from "@/lib/redaction/profiles";
import { redactText } from "@/lib/redaction/redact-text";
import type { Context } from "../context";
import { playPack } from "../scenarios/play-pack";
import { readConfig } from "../settings/get-config";
import { getAuthorityInventory } from "./get-authority-inventory";
import { readSchedule } from "./list-reassessments";
import { measureGovernance } from "./measure-governance";
import { tryControls } from "./try-controls";

/**
 * Reads and tries everything that a report is made of, of the projects given (null: all) and as an actor who is narrowed to
 * them. Writes nothing: scenarios are played in a sandbox and probes touch nothing. Who calls has authorized.
 */
export async function gatherAssessment(
  ctx: Context,
  ask: AssessmentAsk,
  projects: readonly string[] | null,
): Promise<AssessmentEvidence> {
  const config = await readConfig(ctx);
  const inventory = await getAuthorityInventory(ctx);
  const span = { fromMs: ask.fromMs, toMs: ask.toMs };
  const policy = probePolicy({ probes: ask.probes, includeDraftSuggestions: ask.includeDraftSuggestions });
  const [probes, governance, incidents, receipts, audit, schedule, scenarios] = await Promise.all([
    tryControls(ctx, policy, inventory, seenOutcome(config, projects)),
    readGovernance(ctx, ask, projects),
    readAssessedIncidents(ctx.db, span, projects, { sourceKind: ask.sourceKind, limit: assessedRecordsMax }),
    readAssessedReceipts(ctx.db, span, projects, assessedRecordsMax),
    readAudit(ctx, span, projects),
    projects === null ? readSchedule(ctx, config) : [],
    readScenarios(ctx, config, projects),
  ]);
  return {
    ...{ generatedAtMs: inventory.generatedAtMs, ask, projects, inventory },
    posture: checkPosture(inventory, { minSeverity: ask.minSeverity }, sha256Hex),
    allFindings: checkPosture(inventory, { minSeverity: "low" }, sha256Hex).findings,
    ...{ probes, scenarios, governance, incidents, receipts, audit },
    overdueScopes: schedule.filter((each) => each.overdue).map((each) => each.scopeKey),
    ownerOf: redactedOwners(config, ownersOf(config, inventory)),
  };
}

/** What people wrote as an owner is shown as every text of theirs is. */
function redactedOwners(config: MonitorConfig, ownerOf: OwnerOf): OwnerOf {
  const profile = profileNamed(config.safetyDefaults.redactionProfile, config.safetyDefaults);
  return (object) => {
    const owner = ownerOf(object);
    return owner.assigned ? { ...owner, name: redactText(owner.name, profile).text } : owner;
  };
}

/** Of other people's projects and their destinations nothing is told, though the control was tried there too. */
function seenOutcome(config: MonitorConfig, projects: readonly string[] | null) {
  const seen = visibleDestinationIds(config, projects);
  return ({ target, sourceFinding }: ProbeOutcome): boolean => {
    if (projects === null || seen === null || sourceFinding) return true;
    if (target.projectId !== undefined) return projects.includes(target.projectId);
    return target.kind !== "destination" || seen.has(target.id);
  };
}

/** The window of the report where it has a beginning, else the week that ends with it. */
async function readGovernance(
  ctx: Context,
  { fromMs, toMs }: AssessmentAsk,
  projects: readonly string[] | null,
): Promise<AssessedGovernance> {
  const end = toMs ?? ctx.nowMs;
  const windowMs = fromMs === null ? defaultWindowMs : Math.max(1, end - fromMs);
  const measured = await measureGovernance(ctx, projects, {
    ...{ toMs: end, windowMs, thresholds: defaultThresholds, trendWindows: 0 },
  });
  return { ...measured, generatedAtMs: ctx.nowMs };
}

async function readAudit(
  ctx: Context,
  span: { fromMs: number | null; toMs: number | null },
  projects: readonly string[] | null,
): Promise<AssessmentEvidence["audit"]> {
  const mayRead = (projectId?: string) => decidePermission(ctx.actor, "readAudit", projectId).allowed;
  const allowed = projects === null ? null : projects.filter(mayRead);
  if (allowed === null ? !mayRead() : allowed.length === 0) return null;
  const { total, listed } = await readAssessedEntries(ctx.db, span, allowed, assessedEntriesMax);
  return { total, listed: listed.map(assessedEntry) };
}

/** Names of what the detail holds, and the salted hash that stands for it in the ledger. */
function assessedEntry(entry: ListedEntry): AssessedEntry {
  const { detail } = entry;
  const held = "hash" in detail ? null : detail.value;
  return {
    ...{ eventId: entry.id, eventType: entry.action, createdAtMs: Date.parse(entry.at), seq: entry.sequence },
    recordHash: entry.leafHash || null,
    payloadHash: hashOfField(sha256, detail),
    payloadKeys: typeof held === "object" && held !== null ? Object.keys(held).sort() : [],
    projectId: entry.projectId,
  };
}

/** A run of the whole pack stands for so long, as long as nothing was configured since. ms */
const runStandsForMs = 3_600_000;

/**
 * The newest run of the built-in pack, if it was played lately and under the configuration in force; else the pack is played
 * now, and while somebody else plays, whatever run there is counts. It tries the whole deployment, so a reader of some
 * projects is told what the packs of these left unproved, and nothing of it.
 */
async function readScenarios(
  ctx: Context,
  { version }: MonitorConfig,
  projects: readonly string[] | null,
): Promise<AssessedScenarios> {
  const unproved = (await listLatestScenarioFailures(ctx.db, projects)).filter(
    (each) => each.packId !== builtinPackId,
  );
  const facts = {
    ...{ packId: builtinPack.packId, packVersion: builtinPack.version },
    packDescription: builtinPack.description,
  };
  const kept =
    projects === null ? await findNewestRun(ctx.db, builtinPackId, builtinPack.scenarios.length) : null;
  const stands =
    kept?.configVersion === version &&
    kept.packVersion === builtinPack.version &&
    ctx.nowMs - kept.startedAtMs < runStandsForMs;
  if (kept && stands) return { state: "kept", run: kept, unproved };
  const played = projects === null ? await playPack(ctx, builtinPack) : null;
  if (played) {
    // The run has no record of its own: what it showed is in the report.
    const results = played.results.map((each) => ({
      ...each,
      evidenceRefs: each.evidenceRefs.filter((ref) => ref.kind !== "scenario_run"),
    }));
    const { durationMs, configVersion } = played;
    const run = { ...facts, durationMs, configVersion, startedAtMs: ctx.nowMs, runId: null, results };
    return { state: "played", run: { ...run, counts: countResults(results) }, unproved };
  }
  if (kept) return { state: "kept", run: kept, unproved };
  const nothing = { startedAtMs: ctx.nowMs, durationMs: 0, configVersion: 0, runId: null, results: [] };
  return {
    state: projects === null ? "busy" : "withheld",
    run: { ...facts, ...nothing, counts: countResults([]) },
    unproved,
  };
}
