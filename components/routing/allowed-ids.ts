import type { ConfigWire } from "@/lib/contracts/config";
import type { RoutePreviewRequestWire } from "@/lib/contracts/route-preview";

/** What the source a record says it comes from may reach; null when it may reach everything. */
export function allowedIdsOf(
  { monitored_projects: projects }: Pick<ConfigWire, "monitored_projects">,
  { project_id, log_source_id }: Pick<RoutePreviewRequestWire, "project_id" | "log_source_id">,
): readonly string[] | null {
  const project = projects.find((each) => each.project_id === project_id);
  const source = project?.log_sources.find((each) => each.source_id === log_source_id);
  const own = source?.allowed_destination_ids ?? [];
  const ids = own.length > 0 ? own : (project?.allowed_destination_ids ?? []);
  return ids.length > 0 ? ids : null;
}
