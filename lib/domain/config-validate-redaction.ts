import type { MonitorConfig } from "./config";
import { validateId } from "./config-field-rules";
import type { Findings } from "./config-issue";
import {
  builtInRedactionProfiles,
  findRedactionProfile,
  patternFault,
  type RedactionPattern,
} from "./redaction-profile";

const builtIn: readonly string[] = builtInRedactionProfiles;
const unknown = "There is no redaction profile of that name: the strictest rules are used until there is.";

/** Profiles have names of their own and patterns that can be run; who names one names one that is there. */
export function validateRedaction(config: MonitorConfig, found: Findings): void {
  const safety = config.safetyDefaults;
  const seen = new Set<string>();
  (safety.redactionProfiles ?? []).forEach((profile, index) => {
    const path = `safety_defaults.redaction_profiles[${index}]`;
    validateId(`${path}.profile_id`, profile.profileId, seen, found);
    if (builtIn.includes(profile.profileId)) {
      const message = `The name ${profile.profileId} is taken: that profile is always there.`;
      found.error(`${path}.profile_id`, "redaction_profile_reserved", message);
    }
    validatePatterns(`${path}.patterns`, profile.patterns ?? [], found);
  });
  const named = (path: string, name: unknown) => {
    if (typeof name !== "string" || name.trim() === "" || findRedactionProfile(safety, name.trim())) return;
    found.warn(path, "redaction_profile_unknown", unknown);
  };
  named("safety_defaults.redaction_profile", safety.redactionProfile);
  config.destinations.forEach(({ config: own }, at) => {
    named(`destinations[${at}].config.redaction_profile`, own?.redaction_profile);
  });
  config.monitoredProjects.forEach((project, at) => {
    const path = `monitored_projects[${at}]`;
    named(`${path}.redaction_profile`, project.redactionProfile);
    project.logSources.forEach((source, index) => {
      named(`${path}.log_sources[${index}].redaction_profile`, source.redactionProfile);
    });
  });
}

function validatePatterns(path: string, patterns: readonly RedactionPattern[], found: Findings): void {
  const names = new Set<string>();
  patterns.forEach((pattern, index) => {
    const fault = patternFault(pattern);
    if (fault) {
      const field = fault.code === "bad_name" ? "name" : "pattern";
      found.error(`${path}[${index}].${field}`, `redaction_pattern_${fault.code}`, fault.message);
    } else if (names.has(pattern.name)) {
      found.error(
        `${path}[${index}].name`,
        "redaction_pattern_duplicate",
        `The name ${pattern.name} is used twice.`,
      );
    }
    names.add(pattern.name);
  });
}
