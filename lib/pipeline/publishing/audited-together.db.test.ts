import { afterAll, beforeAll, expect, it } from "vitest";
import { createIssueGround, type IssueGround } from "@/lib/testing/issue-ground";
import { recheckMatch } from "./recheck-match";

let ground: IssueGround;
beforeAll(async () => {
  ground = await createIssueGround();
}, 60_000);
afterAll(() => ground.close());

/** No entry of this action can be written while `work` runs. */
async function withoutEntriesOf(action: string, work: () => Promise<unknown>): Promise<unknown> {
  const refused = `CHECK (action <> 'incident_monitor.${action}') NOT VALID`;
  await ground.db.pool.query(`ALTER TABLE audit_entries ADD CONSTRAINT refused ${refused}`);
  try {
    return await work().then(
      () => "done",
      () => "failed",
    );
  } finally {
    await ground.db.pool.query("ALTER TABLE audit_entries DROP CONSTRAINT refused");
  }
}

it("a claim that a dead worker left is taken over with its entry, or not at all", async () => {
  const draftId = await ground.report({ fingerprint: "left-behind" });
  await ground.publish(draftId);
  await ground.turn({ dies: true });
  ground.clock.nowMs += 46_000;
  const state = async () => (await ground.deliveries(draftId))[0]?.state;
  expect(await withoutEntriesOf("delivery.ambiguous", ground.reconcile)).toBe("failed");
  expect([await state(), (await ground.audits("delivery.ambiguous")).length]).toEqual(["sending", 0]);
  await ground.reconcile();
  expect([await state(), (await ground.audits("delivery.ambiguous")).length]).toEqual(["published", 1]);
});

it("what a tracker has of a failure is kept with its entry, or not at all", async () => {
  const fingerprint = "there-already";
  await ground.publish(await ground.report({ fingerprint }));
  await ground.turn();
  const incident = await ground.db.prisma.incident.findFirstOrThrow({
    where: { wireFingerprint: fingerprint },
  });
  const draftId = incident.draftId ?? "";
  const matched = async () =>
    (await ground.db.prisma.draft.findUniqueOrThrow({ where: { id: draftId } })).matchedIssueNumber;
  await ground.db.prisma.draft.update({ where: { id: draftId }, data: { matchedIssueNumber: null } });
  const recheck = () => recheckMatch(ground.as(), { draftId });
  expect(await withoutEntriesOf("match.rechecked", recheck)).toBe("failed");
  expect(await matched()).toBeNull();
  await recheck();
  expect(await matched()).toBe(ground.issues().length);
});
