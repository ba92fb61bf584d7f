import { findPeople } from "@/lib/db/author-store";
import type { Database } from "@/lib/db/client";
import { loadConfig, lockConfig, saveConfig } from "@/lib/db/config-store";
import { releaseHeld } from "@/lib/db/held-store";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { mcpMappingFaults } from "@/lib/destinations/mcp-mapping";
import { actorRef } from "@/lib/domain/actor";
import type { AuditAction } from "@/lib/domain/audit";
import type { MonitorConfig } from "@/lib/domain/config";
import { type ConfigChange, diffConfig, summariseChanges, summariseConfig } from "@/lib/domain/config-diff";
import type { ConfigChecks, Issue } from "@/lib/domain/config-issue";
import { validateConfig } from "@/lib/domain/config-validate";
import { namedPeople } from "@/lib/domain/config-validate-approvers";
import { tagsOf } from "@/lib/domain/precondition";
import { changeTriggers } from "@/lib/domain/reassessment-change";
import { lintRoutes, warningsOf } from "@/lib/domain/route-lint";
import { newId } from "@/lib/ids";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordReassessmentTrigger } from "../governance/record-reassessment-trigger";
import { readMcpServers } from "../mcp/read-mcp-servers";
import { recordAudit } from "../record-audit";
import { secretIssues } from "../secret-issues";

export const configSubject = { kind: "config", id: "incident_monitor" } as const;

export type ConfigEdit = {
  action: AuditAction;
  /** Pure, and asked again over what another writer left; an AppError it throws refuses the change. */
  change: (stored: MonitorConfig) => MonitorConfig;
  /** What the writer had seen; a write over anything newer is refused. Absent, null and 0 ask for nothing. */
  expectedUpdatedAtMs?: number | null;
  ifMatch?: string | null;
  /** Pausing must work whatever state the rest is in. */
  skipValidation?: boolean;
  /** Decide and answer, write nothing. */
  dryRun?: boolean;
};

/** What a writer may say besides the change itself. */
export type ConfigConditions = Pick<ConfigEdit, "expectedUpdatedAtMs" | "ifMatch" | "dryRun">;

export type ConfigOutcome = { config: MonitorConfig; warnings: Issue[]; changes: ConfigChange[] };

/**
 * The one way a configuration is replaced: decide, guarded write, revision and audit in one transaction. A write that
 * named what it had seen loses the race; any other is decided again over what the winner left, under its lock.
 */
export async function changeConfig(ctx: Context, edit: ConfigEdit): Promise<ConfigOutcome> {
  const checks = await configChecks(ctx);
  const stored = await loadConfig(ctx.db);
  const decided = await decide(ctx.db, edit, stored, checks);
  if (edit.dryRun || decided.changes.length === 0) return decided;

  const saved = await inTransaction(ctx.db, (tx) => commit(tx, ctx, edit, stored, decided));
  if (saved) return saved;
  if (isConditional(edit)) throw stale(edit, await loadConfig(ctx.db));

  return inTransaction(ctx.db, async (tx) => {
    const locked = await lockConfig(tx);
    const again = await decide(tx, edit, locked, checks);
    if (again.changes.length === 0) return again;
    const second = await commit(tx, ctx, edit, locked, again);
    if (!second) throw stale(edit, locked);
    return second;
  });
}

async function decide(
  on: Database | Transaction,
  edit: ConfigEdit,
  stored: MonitorConfig,
  checks: ConfigChecks,
): Promise<ConfigOutcome> {
  if (isStale(edit, stored)) throw stale(edit, stored);
  const config = edit.change(stored);
  const people = await findPeople(on, namedPeople(config));
  const personOf = (userId: string) => people.get(userId) ?? null;
  const { errors, warnings } = validateConfig(config, { ...checks, stored, storedNames: stored, personOf });
  const secrets = secretIssues(config, stored);
  if (errors.length + secrets.length > 0 && !edit.skipValidation)
    throw invalid([...errors, ...secrets], warnings);
  const changes = diffConfig(stored, config);
  const remarks = [...warnings, ...warningsOf(lintRoutes(config))];
  return { config: changes.length === 0 ? stored : config, warnings: remarks, changes };
}

async function commit(
  tx: Transaction,
  ctx: Context,
  edit: ConfigEdit,
  stored: MonitorConfig,
  { config, warnings, changes }: ConfigOutcome,
): Promise<ConfigOutcome | null> {
  const saved = await saveConfig(tx, stored, config, {
    id: newId.revision(),
    actor: actorRef(ctx.actor),
    summary: summariseChanges(changes),
    changes,
    nowMs: ctx.nowMs,
  });
  if (!saved) return null;
  await releaseHeld(tx, flowingProjects(saved));
  await recordReassessmentTrigger(tx, ctx, changeTriggers(stored, saved), saved);
  const detail = { ...summariseConfig(saved), changed: changes.map(({ path, kind }) => `${kind} ${path}`) };
  await recordAudit(tx, ctx, { action: edit.action, subject: configSubject, detail });
  return { config: saved, warnings, changes };
}

/** Projects whose records flow now; null when nothing flows at all (D-15). */
function flowingProjects(config: MonitorConfig): string[] | null {
  if (!config.enabled || config.paused) return null;
  return config.monitoredProjects
    .filter((each) => each.enabled && !each.paused)
    .map((each) => each.projectId);
}

async function configChecks(ctx: Context): Promise<ConfigChecks> {
  const mcpServers = await readMcpServers(ctx);
  return {
    allowedRoots: ctx.services.allowedRoots,
    mcpServers: [...mcpServers.keys()],
    mcpFaults: (row) => mcpMappingFaults(row, mcpServers),
    secretState: (reference) => {
      const resolution = ctx.services.resolveSecret(reference);
      if (resolution.ok) return "set";
      return resolution.reason.code === "secret_unset" ? "unset" : "refused";
    },
  };
}

function isConditional(edit: ConfigEdit): boolean {
  return Boolean(edit.expectedUpdatedAtMs) || matchedVersions(edit.ifMatch) !== null;
}

function isStale(edit: ConfigEdit, stored: MonitorConfig): boolean {
  if (edit.expectedUpdatedAtMs && edit.expectedUpdatedAtMs !== stored.updatedAtMs) return true;
  const versions = matchedVersions(edit.ifMatch);
  return versions !== null && !versions.includes(String(stored.version));
}

/** The versions an If-Match header names; null when it asks for nothing (absent, blank or `*`: it always exists). */
function matchedVersions(ifMatch: string | null | undefined): string[] | null {
  const tags = tagsOf(ifMatch);
  return tags === "*" ? null : tags;
}

function stale(edit: ConfigEdit, current: MonitorConfig): AppError {
  return new AppError("conflict", "config_stale", "The configuration has changed since you read it.", {
    current_updated_at_ms: current.updatedAtMs,
    your_updated_at_ms: edit.expectedUpdatedAtMs ?? null,
    current_version: current.version,
  });
}

function invalid(issues: Issue[], warnings: Issue[]): AppError {
  const detail = issues.map(({ path, message }) => `${path}: ${message}`).join("; ");
  const message = "The configuration is not valid.";
  return new AppError("invalid", "config_invalid", message, { detail, issues, warnings });
}
