import { afterAll, beforeAll, expect, it } from "vitest";
import { loadConfig } from "@/lib/db/config-store";
import { actors } from "@/lib/testing/context";
import { createIssueGround, type IssueGround } from "@/lib/testing/issue-ground";
import { approveDraft } from "../drafts/approve-draft";

let ground: IssueGround;
beforeAll(async () => {
  ground = await createIssueGround({ requireApproval: true });
}, 60_000);
afterAll(() => ground.close());

const hourMs = 3_600_000;

/** Approved, filed, and seen again long enough ago to be told. */
async function filed(fingerprint: string): Promise<void> {
  const draftId = await ground.report({ fingerprint });
  await approveDraft(ground.as(actors.approver()), { draftId });
  await ground.publish(draftId);
  await ground.turn();
  ground.clock.nowMs += 1_000;
  await ground.report({ fingerprint });
  ground.clock.nowMs += hourMs + 1;
}

/** The destination as it is, with some of its settings changed. */
async function change(settings: Record<string, unknown>): Promise<void> {
  const [row] = (await loadConfig(ground.db)).destinations;
  const { config, ...rest } = settings;
  const changed = { ...row, ...rest, config: { ...row?.config, ...(config as object) } };
  await ground.configure({ destinations: [changed] });
}

it("a comment leaves under the approval of its issue while its destination is what was approved, renamed or not", async () => {
  await filed("stays");
  await change({ name: "Issues" });
  expect(await ground.followUp()).toMatchObject({ commented: 1 });
  await ground.turn();
});

it("and waits for another approval where the settings of the destination changed since", async () => {
  await filed("moves");
  await change({ config: { token_ref: "env:TANDEM_OTHER_TOKEN" } });
  expect(await ground.followUp()).toMatchObject({ commented: 0, left: 1 });
});
