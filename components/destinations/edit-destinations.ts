import type { ConfigSection } from "@/components/settings/config-section";
import { slugFor } from "@/components/settings/slug";
import type { ConfigWire, DestinationWire } from "@/lib/contracts/config";
import type { DestinationKind } from "./kinds";

/** The GitHub settings from before there were rows. The target repository is on the Sources page too. */
export const legacyKeys = [
  "repo",
  "mcp_server",
  "provider_preference",
  "label_mode",
  "auto_create_new_issues",
  "auto_comment_on_matched_open_issues",
] as const;

/** What the page holds. Taking a destination away touches whatever names it, so those keys are here too. */
export const destinationKeys = [
  ...legacyKeys,
  "destinations",
  "routes",
  "default_destination_ids",
  "monitored_projects",
] as const;
export type DestinationSection = ConfigSection<(typeof destinationKeys)[number]>;
/** The part in which one row names another. */
export type BoundSection = Omit<DestinationSection, (typeof legacyKeys)[number]>;

export function newDestination(kind: DestinationKind, taken: readonly string[]): DestinationWire {
  const destination_id = slugFor("", taken, idWords[kind]);
  const row = { destination_id, name: "", kind, enabled: true, require_approval: false, route_tags: [] };
  return kind === "webhook" ? { ...row, webhook_url: "" } : row;
}

/** What an id begins as while the row has no name. */
export const idWords: Record<DestinationKind, string> = {
  webhook: "webhook",
  telemetry: "telemetry",
  github_issue: "github",
  linear_issue: "linear",
  mcp_tool: "mcp-tool",
  internal_memory: "memory",
};

export const legacyGithubId = "legacy-github";

type GithubSettings = Pick<ConfigWire, "enabled" | "require_approval_for_new_issues" | "repo" | "mcp_server">;

/** The row that the GitHub settings amount to while there is no other destination (contract 5.1). */
export function legacyGithub(config: GithubSettings): DestinationWire {
  return {
    destination_id: legacyGithubId,
    name: "GitHub (legacy settings)",
    kind: "github_issue",
    enabled: config.enabled,
    require_approval: config.require_approval_for_new_issues,
    ...(config.repo && { repo: config.repo }),
    ...(config.mcp_server && { mcp_server: config.mcp_server }),
    route_tags: ["legacy_github"],
  };
}

/** A row of its own with the settings that the legacy one has. */
export function ownGithubRow(config: GithubSettings, taken: readonly string[]): DestinationWire {
  const destination_id = slugFor("", taken, idWords.github_issue);
  return { ...legacyGithub(config), name: "GitHub", route_tags: [], destination_id };
}

export function replaceDestination(
  section: DestinationSection,
  id: string,
  row: DestinationWire,
): Partial<DestinationSection> {
  const at = section.destinations.findLastIndex((each) => each.destination_id === id);
  return { destinations: section.destinations.with(at, row) };
}

export type Uses = {
  isDefault: boolean;
  routes: { name: string; onlyOne: boolean }[];
  projects: { name: string; onlyAllowed: boolean }[];
};

/** Who sends to a destination. */
export function usesOf(section: BoundSection, id: string): Uses {
  const allowLists = section.monitored_projects.map((project) => ({
    name: project.name,
    lists: [project, ...project.log_sources].map((row) => row.allowed_destination_ids),
    defaults: [project, ...project.log_sources].flatMap((row) => row.default_destination_ids),
  }));
  return {
    isDefault: section.default_destination_ids.includes(id),
    routes: section.routes
      .filter((route) => route.destination_ids.includes(id))
      .map((route) => ({ name: route.name, onlyOne: route.destination_ids.length === 1 })),
    projects: allowLists
      .filter(({ lists, defaults }) => defaults.includes(id) || lists.some((list) => list.includes(id)))
      .map(({ name, lists }) => ({
        name,
        onlyAllowed: lists.some((list) => list.length === 1 && list[0] === id),
      })),
  };
}

/** Without the destination, and without its name wherever it stood. */
export function withoutDestination(section: BoundSection, id: string): BoundSection {
  const drop = (ids: readonly string[]) => ids.filter((each) => each !== id);
  const unbind = <Row extends { allowed_destination_ids: string[]; default_destination_ids: string[] }>(
    row: Row,
  ): Row => ({
    ...row,
    allowed_destination_ids: drop(row.allowed_destination_ids),
    default_destination_ids: drop(row.default_destination_ids),
  });
  return {
    destinations: section.destinations.filter((row) => row.destination_id !== id),
    routes: section.routes.map((route) => ({ ...route, destination_ids: drop(route.destination_ids) })),
    default_destination_ids: drop(section.default_destination_ids),
    monitored_projects: section.monitored_projects.map((project) => ({
      ...unbind(project),
      log_sources: project.log_sources.map(unbind),
    })),
  };
}

/** "2 routes and the default", or that nothing does. */
export function usedByWords({ isDefault, routes }: Uses): string {
  const count = routes.length;
  const words = count === 0 ? "" : `${count} ${count === 1 ? "route" : "routes"}`;
  if (isDefault) return words ? `${words}, default` : "default";
  return words || "no route";
}
