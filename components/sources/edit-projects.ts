import type { ConfigSection } from "@/components/settings/config-section";
import { slugFor } from "@/components/settings/slug";
import type { LogSourceWire, MonitoredProjectWire } from "@/lib/contracts/config";

export const sourceKeys = ["monitored_projects", "repo", "workspace_root"] as const;
export type SourceSection = ConfigSection<(typeof sourceKeys)[number]>;

const binding = {
  allowed_destination_ids: [],
  default_destination_ids: [],
  default_route_tags: [],
  approval_policy: "inherit",
  data_readiness: {},
} satisfies Partial<LogSourceWire>;

export function newProject(taken: readonly string[], folder: string | undefined): MonitoredProjectWire {
  return {
    ...structuredClone(binding),
    project_id: slugFor("", taken, "project"),
    name: "",
    repo: "",
    workspace_root: folder ?? "",
    enabled: true,
    paused: false,
    source_kind: "customer_system",
    auto_create_new_issues: true,
    require_approval_for_new_issues: false,
    auto_comment_on_matched_open_issues: true,
    log_sources: [],
  };
}

export function newLogSource(taken: readonly string[]): LogSourceWire {
  return {
    ...structuredClone(binding),
    source_id: slugFor("", taken, "log"),
    path: "",
    format: "auto",
    minimum_level: "error",
    watch_interval_seconds: 60,
    enabled: true,
    paused: false,
    start_position: "end",
    max_bytes_per_poll: 262_144,
    max_candidates_per_poll: 20,
    fingerprint_cooldown_ms: 3_600_000,
  };
}

export function replaceProject(
  projects: readonly MonitoredProjectWire[],
  id: string,
  project: MonitoredProjectWire,
): MonitoredProjectWire[] {
  return projects.with(
    projects.findLastIndex((each) => each.project_id === id),
    project,
  );
}

/** Where a log source may really send: one list counts alone, two intersect, in the source's order. */
export function effectiveAllowed(
  project: readonly string[],
  source: readonly string[],
): { ids: string[]; enforced: boolean } {
  if (source.length === 0) return { ids: [...project], enforced: project.length > 0 };
  if (project.length === 0) return { ids: [...source], enforced: true };
  return { ids: source.filter((id) => project.includes(id)), enforced: true };
}

/** "Reading", in this version: what a project or source does with what comes in. */
export function flowOf(row: { enabled: boolean; paused: boolean }): "disabled" | "held" | "on" {
  if (!row.enabled) return "disabled";
  return row.paused ? "held" : "on";
}
