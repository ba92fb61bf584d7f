import { describeDestination } from "@/components/destinations/describe-destination";
import { describeGithub } from "@/components/destinations/describe-github";
import { describeDefaults, describeRoute } from "@/components/routing/describe-route";
import { describeMonitor, describeSafety, describeUpkeep } from "@/components/safety/describe-safety";
import { describeProject, describeUnassigned } from "@/components/sources/describe-project";
import type { ConfigWire } from "@/lib/contracts/config";
import type { DescribedRow } from "./described";

/** Whatever keys of the configuration a page holds, as rows in words. */
export function describeConfig(section: Partial<ConfigWire>): DescribedRow[] {
  return [
    ...(section.destinations ?? []).map(describeDestination),
    ...describeGithub(section),
    ...(section.default_destination_ids ? [describeDefaults(section.default_destination_ids)] : []),
    ...(section.routes ?? []).map(describeRoute),
    ...(["repo", "workspace_root", "monitored_projects"].some((key) => key in section)
      ? [describeUnassigned(section.repo, section.workspace_root)]
      : []),
    ...(section.monitored_projects ?? []).flatMap(describeProject),
    ...(section.safety_defaults ? [describeSafety(section.safety_defaults)] : []),
    ...describeMonitor(section),
    ...describeUpkeep(section),
  ];
}
