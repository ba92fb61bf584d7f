import type { ConfigWire, DestinationWire } from "@/lib/contracts/config";
import type { DestinationTestWire, OverviewWire, StatusWire } from "@/lib/contracts/status";
import type { Destination, MonitorConfig } from "@/lib/domain/config";
import type { DestinationTest } from "@/lib/domain/destination-test";
import type { Overview } from "@/lib/domain/overview";
import type { LogSourceRuntime, MonitorStatus } from "@/lib/domain/status";
import { snakeKeys } from "./casing";
import { configToWire } from "./config";
import { destinationReadinessToWire, sourceReadinessToWire } from "./readiness";
import { present } from "./record-parts";

const githubCapabilities = [
  "github.list_issues",
  "github.get_issue",
  "github.create_issue",
  "github.comment_on_issue",
] as const;

/** Contract 5.2. The GitHub lists are empty until something resolves them: absent, not invented (D-24). */
export function statusToWire(status: MonitorStatus): StatusWire {
  const { config, counts, activity, watcher } = status;
  const active = config.enabled && !config.paused;
  return {
    config: redactedConfig(config),
    readiness: snakeKeys(status.readiness),
    runtime: {
      monitoring_active: active,
      paused: config.paused,
      pending_incidents: counts.incidentsPending,
      total_incidents: counts.incidentsTotal,
      pending_posts: counts.postsPending,
      ...present({
        last_processed_at_ms: activity.lastProcessedAtMs,
        last_incident_event_type: activity.lastIncidentEventType,
        last_post_result: activity.lastPostResult,
      }),
    },
    log_watcher: watcherToWire(watcher),
    required_capabilities: {
      github_list_issues: status.readiness.githubReadReady,
      github_get_issue: status.readiness.githubReadReady,
      github_create_issue: status.readiness.githubWriteReady,
      github_comment_on_issue: status.readiness.githubWriteReady,
    },
    missing_required_capabilities: status.githubWanted ? [...githubCapabilities] : [],
    resolved_capabilities: [],
    discovered_mcp_tools: status.mcpToolNames,
    selected_server_binding_candidates: [],
    destinations: status.destinations.map(redactedDestination),
    destination_readiness: status.destinationReadiness.map(destinationReadinessToWire),
    source_readiness: status.sourceReadiness.map(sourceReadinessToWire),
    pending_drafts: counts.draftsApprovalDue,
    pending_posts: counts.postsPending,
    ...present({
      last_activity_at_ms: Math.max(activity.lastDraftAtMs ?? 0, activity.lastPostAtMs ?? 0) || null,
      last_error: status.lastError,
    }),
  };
}

/**
 * A projection (W-55): everybody who may read polls the status, so the rows leave out what only the configuration's own
 * endpoint has to show: webhook URLs, secret references, free `config` objects and authorization markers.
 */
function redactedConfig(config: MonitorConfig): ConfigWire {
  return configToWire({
    ...config,
    destinations: config.destinations.map(withoutSettings),
    monitoredProjects: config.monitoredProjects.map((project) => ({
      ...project,
      dataReadiness: withoutMarker(project.dataReadiness),
      logSources: project.logSources.map((source) => ({
        ...source,
        dataReadiness: withoutMarker(source.dataReadiness),
      })),
    })),
  });
}

const withoutMarker = <T extends { authorizationMarker?: string }>({
  authorizationMarker: _,
  ...rest
}: T): Omit<T, "authorizationMarker"> => rest;

function withoutSettings(row: Destination): Destination {
  const { webhookUrl: _url, webhookSecretRef: _reference, config: _config, ...rest } = row;
  return rest;
}

const redactedDestination = (row: Destination): DestinationWire => snakeKeys(withoutSettings(row));

function watcherToWire(watcher: MonitorStatus["watcher"]): StatusWire["log_watcher"] {
  const polls = watcher.sources.flatMap((source) => source.lastPollAtMs ?? []);
  return {
    running: watcher.running,
    enabled_projects: watcher.enabledProjects,
    enabled_sources: watcher.enabledSources,
    sources: watcher.sources.map(runtimeToWire),
    ...present({
      last_poll_at_ms: polls.length > 0 ? Math.max(...polls) : null,
      last_error: watcher.sources.find((source) => !source.healthy)?.lastError,
    }),
  };
}

function runtimeToWire(source: LogSourceRuntime) {
  const {
    inode,
    fileSize,
    lastPollAtMs,
    lastRecordAtMs,
    lastCandidateAtMs,
    lastSubmittedAtMs,
    lastError,
    ...rest
  } = source;
  return {
    ...snakeKeys(rest),
    ...present({
      inode,
      file_size: fileSize,
      last_record_at_ms: lastRecordAtMs,
      last_poll_at_ms: lastPollAtMs,
      last_candidate_at_ms: lastCandidateAtMs,
      last_submitted_at_ms: lastSubmittedAtMs,
      last_error: lastError,
    }),
  };
}

export function overviewToWire(overview: Overview): OverviewWire {
  const { counts } = overview;
  return {
    now_ms: overview.nowMs,
    counts: {
      occurrences_24h: counts.occurrences24h,
      incidents: counts.incidents,
      drafts_open: counts.draftsOpen,
      approvals_due: counts.approvalsDue,
      approved_waiting: counts.approvedWaiting,
      held: counts.held,
      leaving: counts.leaving,
      published_24h: counts.published24h,
      failed: counts.failed,
      break_glass_open: counts.breakGlassOpen,
    },
    hourly: snakeKeys(overview.hourly),
    break_glass_reviews: snakeKeys(overview.breakGlassReviews),
    approvals_due: overview.approvalsDue.map((row) => ({
      draft_id: row.draftId,
      title: row.title,
      occurrence_count: row.occurrenceCount,
      last_seen_at_ms: row.lastSeenAtMs,
      ...present({ risk_level: row.riskLevel, source: row.source }),
      ...(row.approvedByYou && { approved_by_you: true as const }),
      ...(row.asksOthers && { asks_others: true as const }),
    })),
    failed_deliveries: snakeKeys(overview.failedDeliveries),
    unready_destinations: snakeKeys(overview.unreadyDestinations),
    silent_sources: overview.silentSources.map((row) => ({
      project_id: row.projectId,
      source_id: row.sourceId,
      state: row.state,
      ...present({ advice: row.advice, since_ms: row.sinceMs }),
    })),
    expiring_keys: overview.expiringKeys.map((row) => ({
      kind: row.kind,
      id: row.id,
      name: row.name,
      expires_at_ms: row.expiresAtMs,
      ...present({ project_id: row.projectId }),
    })),
    checklist: overview.checklist,
    paused: overview.paused,
    enabled: overview.enabled,
  };
}

export function destinationTestToWire(test: DestinationTest): DestinationTestWire {
  return {
    destination_id: test.destinationId,
    ok: test.outcome === "published",
    outcome: test.outcome,
    message: test.message,
    duration_ms: test.durationMs,
    ...present({ status_code: test.statusCode, response_excerpt: test.responseExcerpt }),
  };
}
