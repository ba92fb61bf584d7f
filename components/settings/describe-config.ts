import { describeDestination } from "@/components/destinations/describe-destination";
import { describeDefaults, describeRoute } from "@/components/routing/describe-route";
import { describeMonitor, describeSafety } from "@/components/safety/describe-safety";
import { describeProject, describeUnassigned } from "@/components/sources/describe-project";
import type { ConfigWire } from "@/lib/contracts/config";
import type { DescribedRow } from "./described";

/** Whatever keys of the configuration a page holds, as rows in words. */
export function describeConfig(section: Partial<ConfigWire>): DescribedRow[] {
  return [
    ...(section.destinations ?? []).map(describeDestination),
    ...(section.default_destination_ids ? [describeDefaults(section.default_destination_ids)] : []),
    ...(section.routes ?? []).map(describeRoute),
    ...(["repo", "workspace_root", "monitored_projects"].some((key) => key in section)
      ? [describeUnassigned(section.repo, section.workspace_root)]
      : []),
    ...(section.monitored_projects ?? []).flatMap(describeProject),
    ...(section.safety_defaults ? [describeSafety(section.safety_defaults)] : []),
    ...describeSwitches(section),
  ];
}

function describeSwitches(section: Partial<ConfigWire>): DescribedRow[] {
  const fields = [
    { label: "On", value: section.enabled },
    { label: "Approval of every new issue", value: section.require_approval_for_new_issues },
  ].filter((field): field is { label: string; value: boolean } => field.value !== undefined);
  return fields.length > 0 ? [describeMonitor(fields)] : [];
}
