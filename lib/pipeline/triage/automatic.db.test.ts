import { afterAll, beforeAll, expect, it } from "vitest";
import { loadConfig } from "@/lib/db/config-store";
import { findDraft } from "@/lib/db/draft-store";
import { actors } from "@/lib/testing/context";
import { createTriageGround, type TriageGround } from "@/lib/testing/triage-run-ground";
import { queueAutomaticTriage } from "./queue-automatic-triage";

let ground: TriageGround;
const project = (projectId: string, fields = {}) => ({
  ...{
    projectId,
    name: projectId,
    repo: `acme/${projectId}`,
    workspaceRoot: `/workspace/repos/${projectId}`,
  },
  ...fields,
});
beforeAll(async () => {
  ground = await createTriageGround();
  await ground.patch({
    autoCreateNewIssues: true,
    monitoredProjects: [
      project("asks", { autoCreateNewIssues: true }),
      project("silent", { autoCreateNewIssues: false }),
      project("paused", { autoCreateNewIssues: true, paused: true }),
    ],
  });
});
afterAll(() => ground.close());

const sweep = async () =>
  queueAutomaticTriage(ground.ctx(actors.system("triage")), await loadConfig(ground.db));
async function came(
  provenance: "log_source" | "runtime_event" | "report",
  projectId: string | null,
  fields = {},
) {
  const { draftId } = await ground.draft();
  await ground.db.prisma.draft.update({ where: { id: draftId }, data: { provenance, projectId, ...fields } });
  return draftId;
}
const triageOf = async (draftId: string) => {
  const draft = await findDraft(ground.db, draftId);
  return draft && [draft.triage, draft.approval];
};

it("queues what came by itself where it is asked for, once, and leaves approval alone", async () => {
  const asked = await came("log_source", "asks", { approval: "required" });
  const event = await came("runtime_event", null);
  const others = [
    await came("log_source", "silent"),
    await came("log_source", "paused"),
    await came("report", "asks"),
    await came("report", null),
    await came("log_source", "asks", { approval: "denied" }),
    await came("log_source", "asks", { createdAt: new Date(ground.now() - 25 * 3_600_000) }),
  ];
  const swept = await Promise.all([sweep(), sweep()]);
  expect(swept[0] + swept[1]).toBe(2);
  expect(await triageOf(asked)).toEqual(["queued", "required"]);
  expect(await triageOf(event)).toEqual(["queued", "not_required"]);
  for (const draftId of others) expect((await triageOf(draftId))?.[0]).toBe("none");
  expect(await ground.db.prisma.triageRun.findMany({ select: { trigger: true } })).toEqual([
    ...[{ trigger: "automatic" }, { trigger: "automatic" }],
  ]);
  expect(await sweep()).toBe(0);
  expect(await ground.db.prisma.delivery.count()).toBe(0);
});

it("of what belongs to no project the deployment's setting decides", async () => {
  await ground.patch({ autoCreateNewIssues: false });
  const event = await came("runtime_event", null);
  expect(await sweep()).toBe(0);
  await ground.patch({ autoCreateNewIssues: true });
  expect(await sweep()).toBe(1);
  expect((await triageOf(event))?.[0]).toBe("queued");
});

it("one that cannot be queued keeps no other waiting, and is told of", async () => {
  const first = await came("log_source", "asks", { createdAt: new Date(ground.now() - 60_000) });
  const second = await came("log_source", "asks");
  const refused = `CHECK (draft_id <> '${first}') NOT VALID`;
  await ground.db.pool.query(`ALTER TABLE triage_runs ADD CONSTRAINT refused ${refused}`);
  await expect(sweep()).rejects.toThrow(/refused/);
  await ground.db.pool.query("ALTER TABLE triage_runs DROP CONSTRAINT refused");
  expect([(await triageOf(first))?.[0], (await triageOf(second))?.[0]]).toEqual(["none", "queued"]);
  expect(await sweep()).toBe(1);
});

it("is the system's alone", async () => {
  const config = await loadConfig(ground.db);
  await expect(queueAutomaticTriage(ground.ctx(actors.adminToken()), config)).rejects.toMatchObject({
    kind: "forbidden",
  });
});
