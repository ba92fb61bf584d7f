import { afterAll, beforeAll, expect, it } from "vitest";
import { listApprovals } from "@/lib/db/approval-store";
import { refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { aConfigPatch } from "@/lib/testing/reports";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { voidApproval } from "../publishing/require-approval";
import { patchConfig } from "../settings/patch-config";
import { approveDraft } from "./approve-draft";
import { expireApprovals } from "./expire-approvals";
import { getDraft } from "./get-draft";
import { withdrawApproval } from "./withdraw-approval";

let ground: SilenceGround;
beforeAll(async () => {
  ground = await createSilenceGround();
  await patchConfig(ground.as(), { patch: aConfigPatch({ requireApprovalForNewIssues: true }) });
});
afterAll(() => ground.close());

const expire = () => expireApprovals(ground.as(actors.system("approvals")));
const statesOf = async (draftId: string) =>
  (await listApprovals(ground.db, draftId)).map(({ state }) => state);

it("one that cannot be ended keeps no other from its end, and is told of", async () => {
  const drafts = [
    await ground.draftOf({ title: "One", fingerprint: "one" }),
    await ground.draftOf({ title: "Two", fingerprint: "two" }),
  ].sort();
  const [first = "", second = ""] = drafts;
  for (const draftId of drafts)
    await approveDraft(ground.as(actors.approver()), { draftId, expiresInMs: 60_000 });
  await expire();
  expect(await statesOf(first)).toEqual(["granted"]);
  ground.clock.nowMs += 60_000;
  const refused = `CHECK (subject_id <> '${first}') NOT VALID`;
  await ground.db.pool.query(`ALTER TABLE audit_entries ADD CONSTRAINT refused ${refused}`);
  await expect(expire()).rejects.toThrow(/refused/);
  await ground.db.pool.query("ALTER TABLE audit_entries DROP CONSTRAINT refused");
  expect([await statesOf(first), await statesOf(second)]).toEqual([["granted"], ["expired"]]);
  await expire();
  expect(await statesOf(first)).toEqual(["expired"]);
});

it("an approval given anew is not ended for one that lapsed before it", async () => {
  const draftId = await ground.draftOf({ title: "Three", fingerprint: "three" });
  const approver = () => ground.as(actors.approver());
  await approveDraft(approver(), { draftId, expiresInMs: 60_000 });
  const asRead = await getDraft(ground.as(), draftId);
  const approvalIds = (await listApprovals(ground.db, draftId)).map((each) => each.approvalId);
  // Between the look and the end of it somebody takes theirs back and gives it again.
  await withdrawApproval(approver(), { draftId });
  ground.clock.nowMs += 1_000;
  await approveDraft(approver(), { draftId });
  const late = voidApproval(ground.as(actors.system("approvals")), asRead, "expired", {
    because: [],
    approvalIds,
  });
  expect((await refusal(late)).reason).toBe("draft_moved");
  expect(await statesOf(draftId)).toEqual(["granted", "withdrawn"]);
  expect((await getDraft(ground.as(), draftId)).approval).toBe("granted");
});

it("is the system's alone", async () => {
  expect((await refusal(expireApprovals(ground.as()))).kind).toBe("forbidden");
});
