import type { MonitorConfig, SafetyDefaults } from "./config";

/** What is kept, by what it is. Each kind has a span of its own. */
export const retentionKinds = [
  /** Sightings: what each report said. */
  "reports",
  /** Lines of logs: evidence of failures, and what was set aside. */
  "evidence",
  "incidents",
  /** Texts of drafts, their revisions, payloads and approvals' grounds. */
  "drafts",
  /** Bodies that were sent, answers that came back, local records of what was published. */
  "receipts",
  /** Triage runs with their artifacts and what a model answered. */
  "triage",
  /** What the product records of its own work: holds of silences let go, shadow decisions, old retention runs. */
  "runs",
] as const;
export type RetentionKind = (typeof retentionKinds)[number];

/** `hide` leaves incidents, drafts and receipts where they are, out of sight; `delete` erases their texts. */
export const retentionModes = ["hide", "delete"] as const;
export type RetentionMode = (typeof retentionModes)[number];

/** Days of each kind; absent: for ever. */
export type RetentionDays = { [Kind in RetentionKind as `${Kind}Days`]?: number };
export type RetentionProfile = { profileId: string; mode: RetentionMode } & RetentionDays;

/** Profiles that are always there. `default` is what `retention_days` says, `forever` removes nothing. */
export const builtInRetentionProfiles = ["default", "forever"] as const;
export const retentionDaysMax = 36_500;

/** What `retention_days` has always meant: posts and incidents are hidden, evidence and records about them are dropped. */
export function defaultRetentionProfile({ retentionDays }: SafetyDefaults): RetentionProfile {
  const days = retentionDays && retentionDays > 0 ? retentionDays : undefined;
  if (days === undefined) return { profileId: "default", mode: "hide" };
  const spans = { incidentsDays: days, receiptsDays: days, evidenceDays: days, runsDays: days };
  return { profileId: "default", mode: "hide", ...spans };
}

export const daysOf = (profile: RetentionProfile, kind: RetentionKind): number | null => {
  const days = profile[`${kind}Days`];
  return days !== undefined && days > 0 ? days : null;
};

/** A profile by its name, null for one that nobody made. */
export function findRetentionProfile(safety: SafetyDefaults, name: string): RetentionProfile | null {
  if (name === "default") return defaultRetentionProfile(safety);
  if (name === "forever") return { profileId: "forever", mode: "hide" };
  return safety.retentionProfiles?.find(({ profileId }) => profileId === name) ?? null;
}

export type RetentionChoice = {
  /** null: of reports of no project, and of projects that are gone. */
  projectId: string | null;
  sourceId: string | null;
  /** Where its name was found: the source's own, its project's, or the default. */
  chosenBy: "source" | "project" | "default";
  profileName: string;
  /** null: nobody knows that name. Nothing is removed then: what is removed by mistake does not come back. */
  profile: RetentionProfile | null;
};

/** Which profile holds for what has no project, for each project and for each of its log sources, in that order. */
export function retentionChoices(
  config: Pick<MonitorConfig, "safetyDefaults" | "monitoredProjects">,
): RetentionChoice[] {
  const safety = config.safetyDefaults;
  const fallback = safety.retentionProfile ?? "default";
  const choose = (
    projectId: string | null,
    sourceId: string | null,
    own: string | undefined,
    ofProject: string | undefined,
  ): RetentionChoice => {
    const profileName = own ?? ofProject ?? fallback;
    const chosenBy = own ? (sourceId ? "source" : "project") : ofProject ? "project" : "default";
    return { projectId, sourceId, chosenBy, profileName, profile: findRetentionProfile(safety, profileName) };
  };
  return [
    choose(null, null, undefined, undefined),
    ...config.monitoredProjects.flatMap(({ projectId, retentionProfile, logSources }) => [
      choose(projectId, null, retentionProfile, undefined),
      ...logSources.map((source) =>
        choose(projectId, source.sourceId, source.retentionProfile, retentionProfile),
      ),
    ]),
  ];
}

export type RetentionFinding = {
  code: "retention_days_unset" | "retention_profile_unknown" | "retention_keeps_reports";
  projectId: string | null;
  sourceId: string | null;
  profileName: string;
};

/** What is worth a finding: nothing is ever removed by default, a profile nobody made, reports that are kept for ever. */
export function retentionFindings(
  config: Pick<MonitorConfig, "safetyDefaults" | "monitoredProjects">,
): RetentionFinding[] {
  return retentionChoices(config).flatMap((choice): RetentionFinding[] => {
    const { projectId, sourceId, chosenBy, profileName, profile } = choice;
    const where = { projectId, sourceId, profileName };
    if (!profile) return [{ code: "retention_profile_unknown", ...where }];
    if (projectId === null) {
      return isRetentionUnset(config.safetyDefaults) ? [{ code: "retention_days_unset", ...where }] : [];
    }
    const keeps = chosenBy !== "default" && profileName !== "forever" && daysOf(profile, "reports") === null;
    return keeps && profileName !== "default" ? [{ code: "retention_keeps_reports", ...where }] : [];
  });
}

/** Nothing says how long what is kept by default is kept: a finding of the posture checks. */
export function isRetentionUnset(safety: SafetyDefaults): boolean {
  const chosen = findRetentionProfile(safety, safety.retentionProfile ?? "default");
  return chosen !== null && retentionKinds.every((kind) => daysOf(chosen, kind) === null);
}
