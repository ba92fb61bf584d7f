import { andWords } from "@/components/settings/words";
import type { LogSourceWire, MonitoredProjectWire } from "@/lib/contracts/config";
import type { NameOf } from "@/lib/queries/names";
import { effectiveAllowed } from "./edit-projects";

type Binding = Pick<LogSourceWire, "allowed_destination_ids" | "default_destination_ids">;

/**
 * What the lists of a project and its log source come to: where it may leave to, where it goes by default, and what of
 * that the lists would stop. `source` null: the project alone.
 */
export function effectiveWords(
  project: Binding | MonitoredProjectWire,
  source: Binding | null,
  defaultIds: readonly string[],
  name: NameOf,
): string {
  const named = (ids: readonly string[]) => andWords(ids.map(name.destination));
  const { ids: allowed, enforced } = effectiveAllowed(
    project.allowed_destination_ids,
    source?.allowed_destination_ids ?? [],
  );
  if (enforced && allowed.length === 0) {
    return "Project and source allow different destinations, so nothing of it may leave.";
  }
  const both =
    source !== null &&
    project.allowed_destination_ids.length > 0 &&
    source.allowed_destination_ids.length > 0;
  const may = enforced
    ? `May leave to ${named(allowed)} only${both ? ", which both lists allow" : ""}`
    : "May leave to any destination";
  const own = source?.default_destination_ids.length
    ? source.default_destination_ids
    : project.default_destination_ids;
  const usual = own.length > 0 ? own : defaultIds;
  const goes =
    usual.length > 0 ? `without a matching route it goes to ${named(usual)}` : "there is no default";
  const stopped = enforced ? usual.filter((id) => !allowed.includes(id)) : [];
  return `${may}; ${goes}.${stopped.length > 0 ? ` The list stops ${named(stopped)}.` : ""}`;
}
