import { afterAll, beforeAll, expect, it } from "vitest";
import { claimDueTriageRuns } from "@/lib/db/triage-claim-store";
import { actors } from "@/lib/testing/context";
import { createIssueGround, type IssueGround } from "@/lib/testing/issue-ground";
import { foundArtifacts, reportOnlyArtifacts } from "@/lib/testing/triage-artifacts";
import { scriptedWork } from "@/lib/testing/triage-run-ground";
import { getDraftReview } from "../drafts/get-draft-review";
import { createTriageRun } from "../triage/create-triage-run";
import { runTriage } from "../triage/run-triage";
import { publishAndWait } from "./publish-and-wait";

/** D-29: GitHub and Linear want a run of triage that passes the proposal gate; the others do not. */
let ground: IssueGround;
beforeAll(async () => {
  ground = await createIssueGround();
});
afterAll(() => ground.close());

const bare = () => ground.report({ fingerprint: `bare-${Math.random()}` }, { proposed: false });
const publish = (draftId: string) => publishAndWait(ground.as(), { draftId, destinationIds: [] });

async function work(found = foundArtifacts()) {
  const nowMs = ground.clock.nowMs;
  const claim = { worker: "w", limit: 20, leaseMs: 45_000, nowMs, heldProjects: [] };
  for (const run of await claimDueTriageRuns(ground.db, claim)) {
    const system = ground.as(actors.system("triage"));
    const input = {
      run,
      signal: new AbortController().signal,
      now: () => nowMs,
      work: scriptedWork({}, found),
    };
    await runTriage(system, input);
  }
}

it("without a run nothing is filed, and the refusal and the review say what to do", async () => {
  const draftId = await bare();
  const refused = { kind: "not_ready", message: expect.stringContaining("wants a triage run") };
  await expect(publish(draftId)).rejects.toMatchObject(refused);
  expect(await ground.deliveries(draftId)).toEqual([]);
  const review = await getDraftReview(ground.as(), draftId);
  expect(review.actions.publish).toMatchObject({
    allowed: false,
    reason: expect.stringContaining("triage run"),
  });
  expect(review.destinations[0]?.readiness).toMatchObject({
    ready: false,
    missing: [{ code: "triage_required" }],
  });
});

it("a run that the gate stopped: nothing is filed, in the gate's words", async () => {
  const draftId = await bare();
  await createTriageRun(ground.as(), { draftId });
  await work(reportOnlyArtifacts());
  await expect(publish(draftId)).rejects.toMatchObject({
    message: expect.stringContaining("Not enough to propose"),
  });
  expect(await ground.deliveries(draftId)).toEqual([]);
});

it("a run that nobody takes is not waited for to the end: in progress, and nothing is due", async () => {
  const draftId = await bare();
  await createTriageRun(ground.as(), { draftId, executor: "agent" });
  const published = await publish(draftId);
  expect(published).toMatchObject({ approvalRequired: false, targets: [], hidden: [] });
  expect(published.reasons).toMatchObject([{ code: "triage_under_way" }]);
  expect(await ground.deliveries(draftId)).toEqual([]);
});

it("a run that ends while the call waits: what triage proposes is filed, once", async () => {
  const draftId = await bare();
  await createTriageRun(ground.as(), { draftId });
  const before = ground.issues().length;
  const publishing = publish(draftId);
  await work();
  await expect.poll(async () => (await ground.deliveries(draftId)).length).toBe(1);
  await ground.turn();
  const published = await publishing;
  expect(published.targets).toMatchObject([{ post: { delivery: { state: "published" } } }]);
  expect(ground.issues()).toHaveLength(before + 1);
  expect(ground.issues().at(-1)?.body).toContain("## Recommended fix");
});

it("telemetry needs no run", async () => {
  const local = { destinationId: "local", name: "Local", kind: "telemetry" };
  await ground.configure({ destinations: [local], defaultDestinationIds: ["local"] });
  const draftId = await bare();
  const result = await ground.publish(draftId);
  expect(result).toMatchObject({ action: "queued", queued: [{ outcome: "queued" }] });
});
