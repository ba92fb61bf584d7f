import { useQuery } from "@tanstack/react-query";
import type { ConfigWire } from "@/lib/contracts/config";
import { configQuery } from "./config-query";

export type Choice = { value: string; label: string };

/** Projects and destinations as a select offers them; one without a name stands under its id. */
export function choicesOf(config: Pick<ConfigWire, "destinations" | "monitored_projects"> | undefined): {
  projects: Choice[];
  destinations: Choice[];
} {
  return {
    projects: (config?.monitored_projects ?? []).map((each) => ({
      value: each.project_id,
      label: each.name || each.project_id,
    })),
    destinations: (config?.destinations ?? []).map((each) => ({
      value: each.destination_id,
      label: each.name || each.destination_id,
    })),
  };
}

export function useChoices() {
  return choicesOf(useQuery(configQuery()).data);
}
