import { afterAll, beforeAll, expect, it } from "vitest";
import { createIssueGround, type IssueGround } from "@/lib/testing/issue-ground";

let ground: IssueGround;
beforeAll(async () => {
  ground = await createIssueGround();
}, 60_000);
afterAll(() => ground.close());

it("issues that may not be told stand in no other's way, and are not asked about at every turn", async () => {
  const fingerprints = Array.from({ length: 21 }, (_, index) => `failure-${index}`);
  for (const fingerprint of fingerprints) {
    // The last one is the newest: it would be looked at after all the others.
    if (fingerprint === "failure-20") {
      await ground.turn();
      ground.clock.nowMs += 1_000;
    }
    await ground.publish(await ground.report({ fingerprint }));
  }
  await ground.turn();
  const [newest] = ground.issues().toSorted((one, other) => other.number - one.number);
  if (newest) newest.state = "closed";
  await ground.configure({ requireApprovalForNewIssues: true });
  ground.clock.nowMs += 1_000;
  for (const fingerprint of fingerprints) await ground.report({ fingerprint });
  ground.clock.nowMs += 3_600_001;

  const left = new Map<string, number>();
  expect(await ground.followUp(left)).toEqual({ commented: 0, regressions: 0, left: 20 });
  expect(await ground.followUp(left)).toEqual({ commented: 0, regressions: 1, left: 0 });
  expect(await ground.followUp(left)).toEqual({ commented: 0, regressions: 0, left: 0 });
  ground.clock.nowMs += 10 * 60_000;
  await ground.followUp(left);
  expect(await ground.followUp(left)).toEqual({ commented: 0, regressions: 0, left: 20 });
});
