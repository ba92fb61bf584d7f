import { expect, it } from "vitest";
import type { MonitoredProjectWire } from "@/lib/contracts/config";
import { allowedIdsOf } from "./allowed-ids";

const projects = [
  {
    project_id: "shop",
    allowed_destination_ids: ["pager"],
    log_sources: [
      { source_id: "api", allowed_destination_ids: ["hook", "pager"] },
      { source_id: "none", allowed_destination_ids: ["hook"] },
      { source_id: "web", allowed_destination_ids: [] as string[] },
    ],
  },
  { project_id: "open", allowed_destination_ids: [] as string[], log_sources: [] as never[] },
] as MonitoredProjectWire[];

it.each([
  [{}, null],
  [{ project_id: "open" }, null],
  [{ project_id: "shop" }, ["pager"]],
  [{ project_id: "shop", log_source_id: "api" }, ["pager"]],
  [{ project_id: "shop", log_source_id: "none" }, []],
  [{ project_id: "shop", log_source_id: "web" }, ["pager"]],
])("%j may reach %j", (record, ids) => {
  expect(allowedIdsOf({ monitored_projects: projects }, record)).toEqual(ids);
});
