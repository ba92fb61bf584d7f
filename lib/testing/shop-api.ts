import { createTestApi, type TestApi } from "./api";

/** The API with one local destination, two projects and a scoped key of `shop`. */
export async function createShopApi(): Promise<TestApi & { rawKey: string }> {
  const api = await createTestApi();
  const project = (id: string, name: string) => ({
    ...{ project_id: id, name, repo: `halden/${id}`, workspace_root: `/workspace/repos/${id}` },
  });
  await api.call("PATCH", "/config/incident-monitor", {
    body: {
      incident_monitor: {
        destinations: [{ destination_id: "local", name: "Local", kind: "telemetry" }],
        default_destination_ids: ["local"],
        monitored_projects: [project("shop", "Shop"), project("other", "Other")],
      },
    },
  });
  const made = await api.call("POST", "/incident-monitor/intake/keys", {
    body: { project_id: "shop", name: "ci" },
  });
  return { ...api, rawKey: made.body.raw_key };
}

export const aSubmission = (fields: Record<string, unknown> = {}) => ({
  title: "Smoke failed",
  detail: "exit code 1",
  source: "ci",
  event: "ci.failed",
  level: "error",
  ...fields,
});
