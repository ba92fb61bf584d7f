import { findNewestCheckpoint, readLedgerGuard, readUnsealed } from "@/lib/db/audit-ledger-store";
import { listWitnessPostings, loadWitnessSettings } from "@/lib/db/audit-witness-store";
import { listUnreviewedUses } from "@/lib/db/break-glass-store";
import { loadNotificationSettings } from "@/lib/db/notification-settings-store";
import { listProbeRunRecords } from "@/lib/db/probe-run-store";
import { readReadinessFacts as readOwnFacts } from "@/lib/db/readiness-store";
import { listLatestScenarioFailures, listScenarioRunRecords } from "@/lib/db/scenario-store";
import { readOverviewCounts } from "@/lib/db/status-store";
import type { MonitorConfig } from "@/lib/domain/config";
import { defaultThresholds, defaultWindowMs } from "@/lib/domain/governance-metrics";
import type { ReadinessFacts } from "@/lib/domain/readiness-facts";
import { retentionFindings } from "@/lib/domain/retention-profile";
import { resolveProfile } from "@/lib/redaction/profiles";
import type { Context } from "../context";
import { readConfig } from "../settings/get-config";
import { measureGovernance } from "./measure-governance";
import { type Cards, nothingGiven, readCards } from "./read-cards";
import { agrees, readNote } from "./remember-checkpoint";

/** Unjudged uses that are looked through for what is overdue. */
const usesMax = 100;
const external: ReadonlySet<string> = new Set(["github_issue", "linear_issue", "webhook", "mcp_tool"]);

/** Everything the controls are judged by, as it stands. Reads alone; who calls has authorized, over everything. */
export async function readReadinessFacts(ctx: Context): Promise<ReadinessFacts> {
  const config = await readConfig(ctx);
  const cards = await readCards(ctx, nothingGiven);
  const [own, tried, measured, ledger, duties, notifications] = await Promise.all([
    readOwnFacts(ctx.db),
    readTried(ctx),
    readMeasured(ctx),
    readLedger(ctx),
    readDuties(ctx),
    readNotifications(ctx),
  ]);
  return {
    ...fromCards(cards),
    ...{ ...tried, ...measured, duties, notifications },
    report: { lastAtMs: own.reportAtMs },
    audit: { sealedEntries: own.sealedEntries, ...ledger.audit },
    witness: ledger.witness,
    policy: policyOf(config, cards),
    people: {
      deciders: own.deciders,
      admins: own.admins,
      adminsWithoutSecondFactor: own.adminsWithoutSecondFactor,
    },
  };
}

function fromCards({
  inventory: { inventory },
  cards,
  findings,
  schedule,
  posture,
}: Cards): Pick<ReadinessFacts, "inventory" | "posture" | "reassessments" | "cards"> {
  const enabled = inventory.monitoredSources.filter((row) => row.enabled);
  return {
    inventory: {
      runtimes: inventory.runtimes.length,
      staleRuntimes: inventory.runtimes.filter((row) => row.stale).length,
      sources: inventory.monitoredSources.length,
      enabledSources: enabled.length,
      unreadySources: enabled.filter((row) => (row.readiness?.findings.length ?? 0) > 0).length,
    },
    posture: {
      total: posture.length,
      high: posture.filter(({ severity }) => severity === "high" || severity === "critical").length,
    },
    reassessments: {
      scopes: schedule.length,
      ran: schedule.filter((row) => row.lastVersion !== null).length,
      overdue: schedule.filter((row) => row.overdue).length,
    },
    cards: {
      total: cards.length,
      missingFields: findings.filter((each) => each.ruleId === "deployment_card_required_field_missing")
        .length,
      overdueReviews: cards.filter((card) => card.review.overdue).length,
    },
  };
}

function policyOf(
  { safetyDefaults: safety, ...config }: MonitorConfig,
  cards: Cards,
): ReadinessFacts["policy"] {
  const outside = cards.inventory.inventory.destinations.filter(
    (row) => row.enabled && external.has(row.kind),
  );
  return {
    highRiskNeedsApproval: safety.requireApprovalForHighRisk,
    blocksUnready: safety.blockUnreadyDestinations,
    redactionProfile: safety.redactionProfile.trim() || "standard",
    redactionKnown: ["named", "unnamed"].includes(resolveProfile(safety.redactionProfile, safety).reason),
    retentionFindings: retentionFindings({ ...config, safetyDefaults: safety }).length,
    external: outside.length,
    externalWithoutApproval: outside.filter((row) => !row.requireApproval).length,
  };
}

async function readTried({ db }: Context): Promise<Pick<ReadinessFacts, "probes" | "scenarios">> {
  const [[probeRun], [scenarioRun], unproved] = await Promise.all([
    listProbeRunRecords(db, 1),
    listScenarioRunRecords(db, null, 1),
    listLatestScenarioFailures(db, null),
  ]);
  return {
    probes: { lastAtMs: probeRun?.createdAtMs ?? null, failed: probeRun?.content.counts.fail ?? 0 },
    scenarios: { lastAtMs: scenarioRun?.startedAtMs ?? null, unproved: unproved.length },
  };
}

async function readMeasured(ctx: Context): Promise<Pick<ReadinessFacts, "metrics" | "receipts">> {
  const { metrics, drift } = await measureGovernance(ctx, null, {
    ...{ toMs: ctx.nowMs, windowMs: defaultWindowMs, thresholds: defaultThresholds, trendWindows: 0 },
  });
  const receipts = metrics.find((each) => each.metricId === "receipt_completeness");
  return {
    metrics: {
      evaluable: metrics.filter((each) => each.evaluable).length,
      breached: metrics.filter((each) => each.breached).length,
      drifted: drift.filter((each) => each.driftFlagged).length,
    },
    receipts: {
      evaluable: receipts?.evaluable ?? false,
      breached: receipts?.breached ?? false,
      rate: receipts?.rate ?? null,
    },
  };
}

async function readLedger(ctx: Context) {
  const kept = ctx.services.ledger?.remembered() ?? null;
  const [newest, unsealed, guard, settings, [sent]] = await Promise.all([
    findNewestCheckpoint(ctx.db.pool),
    readUnsealed(ctx.db),
    readLedgerGuard(ctx.db),
    loadWitnessSettings(ctx.db),
    listWitnessPostings(ctx.db, 1, true),
  ]);
  const known = kept === null ? null : readNote(kept);
  const agreesWithHost = known === null || newest === null ? null : await agrees(ctx, known);
  return {
    audit: {
      ...{ unsealed: unsealed.count, oldestUnsealedAtMs: unsealed.oldestAtMs },
      ...{ rolesApart: guard.apart, agreesWithHost },
    },
    witness: {
      named: settings.destinationId !== null,
      lastSentAtMs: sent?.endedAtMs ?? null,
      intervalMs: settings.intervalMinutes * 60_000,
    },
  };
}

async function readDuties({ db, nowMs }: Context): Promise<ReadinessFacts["duties"]> {
  const [counts, reviews] = await Promise.all([
    readOverviewCounts(db, null, nowMs),
    listUnreviewedUses(db, null, usesMax),
  ]);
  return {
    ...{ approvalsDue: counts.approvalsDue, failedDeliveries: counts.failed, breakGlassOpen: reviews.open },
    breakGlassOverdue: reviews.uses.filter((use) => nowMs > use.dueAtMs).length,
  };
}

async function readNotifications({ db, services }: Context): Promise<ReadinessFacts["notifications"]> {
  const settings = await loadNotificationSettings(db);
  const hasMail = services.mailer !== undefined && services.publicUrl !== undefined;
  return {
    enabled: settings.enabled,
    tellsApprovals: settings.kinds.includes("approvals"),
    canSend: hasMail || settings.webhookDestinationId !== null,
  };
}
