import type { ConfigKey } from "./config-section";

export type SectionName = "sources" | "destinations" | "routing" | "safety";
export type SettingsSection = {
  name: SectionName;
  title: string;
  /** The keys of the configuration that are set on this page; each key is on exactly one. */
  keys: readonly ConfigKey[];
  /** What is in a file of this section. */
  holds: string;
};

export const settingsSections: readonly SettingsSection[] = [
  {
    name: "sources",
    title: "Sources",
    keys: ["monitored_projects", "repo", "workspace_root"],
    holds: "Projects with their log sources, the local directory and the target repository. No intake keys.",
  },
  {
    name: "destinations",
    title: "Destinations",
    keys: [
      "destinations",
      "mcp_server",
      "provider_preference",
      "label_mode",
      "auto_create_new_issues",
      "auto_comment_on_matched_open_issues",
    ],
    holds: "Every destination and the legacy GitHub settings.",
  },
  {
    name: "routing",
    title: "Routing",
    keys: ["routes", "default_destination_ids"],
    holds: "Routes in their order and the default destinations.",
  },
  {
    name: "safety",
    title: "Safety defaults",
    keys: [
      "enabled",
      "paused",
      "require_approval_for_new_issues",
      "safety_defaults",
      "triage_timeout_ms",
      "model_policy",
      "reassessment",
    ],
    holds:
      "Approval, redaction, blocking, retention, triage and reassessment, and whether the monitor is on.",
  },
];

export function sectionOf(name: SectionName): SettingsSection {
  const found = settingsSections.find((each) => each.name === name);
  if (!found) throw new Error(`there is no section ${name}`);
  return found;
}

/** The sections some keys belong to, in the order of the pages. */
export function sectionsOf(keys: readonly string[]): SettingsSection[] {
  return settingsSections.filter((section) => section.keys.some((key) => keys.includes(key)));
}
