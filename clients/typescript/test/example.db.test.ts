import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { testServices } from "@/lib/testing/context";
import { TandemClient } from "../src/index";
import { type ServedApi, serveApi } from "./serve-api";

let api: TestApi;
let served: ServedApi;
beforeAll(async () => {
  api = await createTestApi();
  served = await serveApi(api.db, testServices());
  const admin = new TandemClient({ baseUrl: served.url, token: api.tokens.admin });
  await admin.incidentMonitor.patchConfig({
    destinations: [{ destination_id: "local", name: "Local", kind: "telemetry" }],
    default_destination_ids: ["local"],
  });
  await admin.incidentMonitor.report({
    title: "Earlier",
    detail: "exit code 1",
    source: "ci",
    event: "ci.failed",
  });
});
afterAll(async () => {
  await served.close();
  await api.close();
});

it("the product page's TypeScript example", async () => {
  const client = new TandemClient({ baseUrl: served.url, token: api.tokens.admin });
  const { incidentMonitor } = client;

  const { status } = await incidentMonitor.getStatus();
  expect(status.readiness.enabled).toBe(true);
  const { incidents } = await incidentMonitor.listIncidents({ limit: 10 });
  expect(incidents.map((each) => each.title)).toEqual(["Earlier"]);
  const { drafts } = await incidentMonitor.listDrafts({ limit: 10 });
  const destinations = await incidentMonitor.listDestinations();
  const ids = destinations.map((each) => each.destination_id);
  expect(ids).toEqual(["local"]);

  const inventory = await incidentMonitor.getAuthorityInventory();
  expect(inventory.counts.destinations).toBe(1);
  const assessment = await incidentMonitor.generateAssessmentReport({
    source_kind: "tandem_monitor",
    routeDestinationIds: ids,
  });
  expect(assessment.sections.external_audit_export.route_preview).toMatchObject({
    ...{ requested_destination_ids: ids, effective_destination_ids: ids, blocked: false },
  });
  expect(assessment.sections.incidents_and_evidence_refs.counts.incidents).toBe(0);
  const pack = assessment.evidence_pack;
  if (!pack.persisted) throw new Error("it is kept unless told otherwise");
  const kept = await incidentMonitor.getAssessmentReport(pack.artifact_id);
  expect(kept).toMatchObject({ verified: true, sha256: pack.sha256 });
  expect(kept.report.markdown_summary).toBe(assessment.markdown_summary);

  const draft = drafts[0];
  if (!draft) throw new Error("there is a draft");
  const run = await incidentMonitor.createTriageRun(draft.draft_id);
  expect(run).toMatchObject({ ok: true, draft: { draft_id: draft.draft_id }, run: { status: "queued" } });
  const published = await incidentMonitor.publishDraftToDestinations(draft.draft_id, ids);
  expect(published).toMatchObject({ ok: true, action: "record_telemetry", post: { status: "posted" } });

  const reported = await incidentMonitor.report({
    title: "Workflow failed",
    detail: "timed out",
    source: "automation_v2",
    event: "automation_v2.run.failed",
    level: "error",
  });
  expect(reported).toMatchObject({ outcome: "new", draft: { title: "Workflow failed" } });
});

it("a report that is repeated because its answer was lost is counted once", async () => {
  let lost = 0;
  const client = new TandemClient({
    baseUrl: served.url,
    token: api.tokens.admin,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      if (lost++ > 0) return response;
      await response.text();
      throw new TypeError("the connection was cut");
    },
  });
  const answer = await client.incidentMonitor.report({
    title: "Only once",
    detail: "exit code 9",
    source: "once",
  });
  expect(lost).toBe(2);
  const incident = await client.incidentMonitor.getIncident(answer.incident_id ?? "");
  expect(incident.occurrence_count).toBe(1);
});

it("iterates over more than a page, and hears of a change as it happens", async () => {
  const client = new TandemClient({ baseUrl: served.url, token: api.tokens.admin });
  const stream = client.incidentMonitor.events({ topics: ["intake", "incident"] });
  expect((await stream.next()).value).toEqual({ type: "open" });
  const batch = await client.incidentMonitor.reportBatch(
    Array.from({ length: 7 }, (_, at) => ({ title: `Row ${at}`, detail: "x", fingerprint: `row-${at}` })),
  );
  expect(batch).toMatchObject({ accepted: 7, rejected: 0 });
  expect((await stream.next()).value).toMatchObject({ type: "change" });
  await stream.return(undefined);

  const titles = new Set<string>();
  for await (const incident of client.incidentMonitor.iterateIncidents({ q: "Row", limit: 3 }))
    titles.add(incident.title);
  expect([...titles].sort()).toEqual(Array.from({ length: 7 }, (_, at) => `Row ${at}`));
});
