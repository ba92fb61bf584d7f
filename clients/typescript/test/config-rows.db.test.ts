import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { testServices } from "@/lib/testing/context";
import { type IncidentMonitor, TandemClient } from "../src/index";
import { type ServedApi, serveApi } from "./serve-api";

let api: TestApi;
let served: ServedApi;
let im: IncidentMonitor;
beforeAll(async () => {
  api = await createTestApi();
  served = await serveApi(api.db, testServices());
  im = new TandemClient({ baseUrl: served.url, token: api.tokens.admin }).incidentMonitor;
});
afterAll(async () => {
  await served.close();
  await api.close();
});

it("a row is made once, changed only over what was read, and taken out", async () => {
  const row = { name: "Local", kind: "telemetry" } as const;
  const checked = await im.putDestination("local", row, { dryRun: true });
  expect(checked).toMatchObject({ dry_run: true, created: true, etag: null });
  expect(await im.listDestinations()).toEqual([]);

  const made = await im.putDestination("local", row, { ifNoneMatch: "*" });
  expect(made).toMatchObject({ created: true, destination: { destination_id: "local", enabled: true } });
  await expect(im.putDestination("local", row, { ifNoneMatch: "*" })).rejects.toMatchObject({ status: 409 });

  const { destination, etag } = await im.getDestination("local");
  expect(etag).toBe(made.etag);
  const changed = await im.putDestination(
    "local",
    { ...destination, enabled: false },
    { ifMatch: etag ?? "" },
  );
  expect(changed).toMatchObject({ created: false, destination: { enabled: false } });
  expect(changed.etag).not.toBe(etag);
  await expect(im.deleteDestination("local", { ifMatch: etag ?? "" })).rejects.toMatchObject({
    code: "INCIDENT_MONITOR_CONFIG_STALE",
  });
  expect((await im.listDestinationRows()).count).toBe(1);
  expect(await im.deleteDestination("local", { ifMatch: changed.etag ?? "" })).toMatchObject({
    ok: true,
    deleted: 1,
  });
  await expect(im.getDestination("local")).rejects.toMatchObject({ status: 404 });
});

it("projects and their log sources", async () => {
  await im.putProject("shop", { name: "Shop", repo: "acme/shop", workspace_root: "/workspace/repos/shop" });
  const made = await im.putLogSource("shop", "api", { path: "logs/api.log", format: "json" });
  expect(made.log_source).toMatchObject({ source_id: "api", format: "json" });
  expect((await im.listLogSources("shop")).log_sources.map((each) => each.source_id)).toEqual(["api"]);
  expect((await im.getProject("shop")).project.log_sources).toHaveLength(1);
});

it("history tells who changed what, and an earlier revision can be made the present one again", async () => {
  const { incident_monitor: before } = await im.getConfig();
  await im.putRoute("ci", { name: "CI", match_sources: ["ci"] });
  const { revisions } = await im.getConfigHistory({ limit: 2 });
  expect(revisions[0]).toMatchObject({ actor: { kind: "token" }, diff: [{ kind: "added" }] });
  const earlier = revisions[1]?.version ?? 0;
  expect((await im.getConfigRevision(earlier)).incident_monitor.routes).toEqual(before.routes);

  await expect(im.restoreConfig(earlier, { updatedAtMs: before.updated_at_ms })).rejects.toMatchObject({
    status: 409,
  });
  await im.restoreConfig(earlier, { dryRun: true });
  expect(await im.listRoutes()).toHaveLength(1);
  await im.restoreConfig(earlier);
  expect(await im.listRoutes()).toEqual(before.routes);
});
