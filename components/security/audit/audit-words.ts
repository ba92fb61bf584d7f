import type { FilterChip } from "@/components/layout/filter-chip";
import type { StateName } from "@/components/state/state-map";
import type { AuditEntryWire } from "@/lib/contracts/audit";
import type { AuditFilters } from "@/lib/queries/audit";
import type { NameOf } from "@/lib/queries/names";

/** "draft approved" of `incident_monitor.draft.approved`. */
export const actionWords = (action: string): string =>
  action.replace(/^incident_monitor\./, "").replaceAll(/[._]/g, " ");

export const actorWords = ({ actor }: Pick<AuditEntryWire, "actor">): string =>
  actor.name ?? `${actor.kind} (name erased)`;

export const outcomeChoices = [
  { value: "done", label: "Done" },
  { value: "denied", label: "Denied" },
  { value: "failed", label: "Failed" },
] as const;

export const actorChoices = [
  { value: "user", label: "People" },
  { value: "token", label: "Tokens" },
  { value: "agent", label: "Agents" },
  { value: "intakeKey", label: "Intake keys" },
  { value: "system", label: "The system" },
] as const;

/** What an action begins with, in the order of a record's life. */
export const actionChoices = [
  ...choices(
    "intake",
    "report",
    "incident",
    "draft",
    "triage_run",
    "approval",
    "break_glass",
    "publish",
    "delivery",
  ),
  ...choices("config", "intake_key", "silence", "log_source", "retention"),
  ...choices("session", "user", "token", "account", "access", "audit"),
];

function choices(...names: string[]) {
  return names.map((name) => ({
    value: `incident_monitor.${name}`,
    label: name[0]?.toUpperCase() + name.slice(1).replaceAll("_", " "),
  }));
}

/** Only what went wrong is tinted. */
export const outcomeState: Record<AuditEntryWire["outcome"], StateName> = {
  done: "published",
  denied: "denied",
  failed: "deliveryFailed",
};
export const outcomeWord: Record<AuditEntryWire["outcome"], string> = {
  done: "Done",
  denied: "Denied",
  failed: "Failed",
};

const labels: Record<keyof AuditFilters, string> = {
  ...{
    actor: "actor",
    action: "action",
    outcome: "outcome",
    subject_kind: "subject",
    subject_id: "subject id",
  },
  ...{ project: "project", request_id: "request", since: "since", until: "until" },
};

/** The filters in force, each in words. */
export function auditFilterChips(filters: AuditFilters, name: NameOf): FilterChip<AuditFilters>[] {
  return (Object.keys(labels) as (keyof AuditFilters)[])
    .filter((key) => filters[key] !== undefined)
    .map((key) => ({ key, words: `${labels[key]}: ${valueWords(key, filters[key] ?? "", name)}` }));
}

function valueWords(key: keyof AuditFilters, value: string, name: NameOf): string {
  const words: Partial<Record<keyof AuditFilters, (value: string) => string>> = {
    action: actionWords,
    project: name.project,
  };
  return words[key]?.(value) ?? value;
}
