import type { MonitorConfig } from "./config";
import { validateId } from "./config-field-rules";
import type { Findings } from "./config-issue";
import { builtInRetentionProfiles, daysOf, findRetentionProfile, retentionKinds } from "./retention-profile";

const builtIn: readonly string[] = builtInRetentionProfiles;
const unknown =
  "There is no retention profile of that name: nothing is removed by it. Make it under Retention.";

/** Profiles have names of their own and say how long; who names one names one that is there. */
export function validateRetention(config: MonitorConfig, found: Findings): void {
  const safety = config.safetyDefaults;
  const seen = new Set<string>();
  (safety.retentionProfiles ?? []).forEach((profile, index) => {
    const path = `safety_defaults.retention_profiles[${index}]`;
    validateId(`${path}.profile_id`, profile.profileId, seen, found);
    if (builtIn.includes(profile.profileId)) {
      const message = `The name ${profile.profileId} is taken: that profile is always there.`;
      found.error(`${path}.profile_id`, "retention_profile_reserved", message);
    }
    if (retentionKinds.every((kind) => daysOf(profile, kind) === null)) {
      found.warn(path, "retention_profile_empty", "It says no span, so it removes nothing.");
    }
  });
  const named = (path: string, name: string | undefined) => {
    if (name === undefined || findRetentionProfile(safety, name)) return;
    found.warn(path, "retention_profile_unknown", unknown);
  };
  named("safety_defaults.retention_profile", safety.retentionProfile);
  config.monitoredProjects.forEach((project, at) => {
    const path = `monitored_projects[${at}]`;
    named(`${path}.retention_profile`, project.retentionProfile);
    project.logSources.forEach((source, index) => {
      named(`${path}.log_sources[${index}].retention_profile`, source.retentionProfile);
    });
  });
}
