import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadConfig } from "@/lib/db/config-store";
import { listHoldRecords } from "@/lib/db/retention-hold-store";
import { type RetainedRecord, retentionPlan, retentionVerdict } from "@/lib/domain/retention";
import { newId } from "@/lib/ids";
import { actors } from "@/lib/testing/context";
import { aDraftRow } from "@/lib/testing/records";
import { aConfigPatch } from "@/lib/testing/reports";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { patchConfig } from "../settings/patch-config";
import { enforceRetention } from "./enforce-retention";
import { previewRetention } from "./preview-retention";

let ground: SilenceGround;
const dayMs = 86_400_000;
beforeAll(async () => {
  ground = await createSilenceGround();
});
afterAll(() => ground.close());

const place = fc.record({
  projectId: fc.constantFrom(null, "shop", "bank", "gone"),
  sourceId: fc.constantFrom(null, "app", "web", "old"),
  ageDays: fc.integer({ min: 0, max: 60 }),
});

/** Real rows of many projects, sources and ages, and holds over some of them: what the database takes is what the rule says. */
it("the job takes what the pure rule calls due, all of it and nothing else; keys and digests stay", async () => {
  const days = (count: number) => ({ incidentsDays: count, draftsDays: count, evidenceDays: count });
  const log = (sourceId: string, retentionProfile?: string) => ({
    sourceId,
    path: `${sourceId}.log`,
    retentionProfile,
  });
  const project = { name: "P", repo: "a/b", workspaceRoot: "/workspace" };
  await patchConfig(ground.as(), {
    patch: aConfigPatch({
      safetyDefaults: {
        retentionProfiles: [
          { profileId: "short", mode: "delete", ...days(5) },
          { profileId: "middle", mode: "delete", ...days(20) },
          { profileId: "long", mode: "delete", ...days(40) },
        ],
        retentionProfile: "long",
      },
      monitoredProjects: [
        {
          projectId: "shop",
          ...project,
          retentionProfile: "middle",
          logSources: [log("app", "short"), log("web")],
        },
        { projectId: "bank", ...project, logSources: [log("app", "forever"), log("web", "nobody made it")] },
      ],
    }),
  });
  const rows: Array<RetainedRecord & { id: string }> = [];
  for (const { projectId, sourceId, ageDays } of fc.sample(place, { numRuns: 70, seed: 4711 })) {
    const atMs = ground.clock.nowMs - ageDays * dayMs - 1_000;
    const at = new Date(atMs);
    const bound = { projectId, logSourceId: projectId ? sourceId : null };
    const { id, incidentId } = await aDraftRow(ground.db, { ...bound, updatedAt: at });
    await ground.db.prisma.incident.update({
      where: { id: incidentId },
      data: { updatedAt: at, lastSeenAt: at },
    });
    const of = { projectId, sourceId: bound.logSourceId, incidentIds: [incidentId], atMs };
    rows.push({ kind: "drafts", id, ...of }, { kind: "incidents", id: incidentId, ...of });
  }
  const held = rows.filter((row) => row.kind === "incidents" && row.projectId === null).slice(0, 2);
  const placed = { placedBy: {}, placedAt: new Date(0), reason: "Case 7" };
  await ground.db.prisma.retentionHold.createMany({
    data: [
      ...held.map(({ id }) => ({ id: newId.retentionHold(), scope: "incident", incidentId: id, ...placed })),
      { id: newId.retentionHold(), scope: "source", projectId: "shop", sourceId: "web", ...placed },
      { id: newId.retentionHold(), scope: "project", projectId: "bank", ...placed, releasedAt: new Date(1) },
    ],
  });
  const plan = retentionPlan(await loadConfig(ground.db), ground.clock.nowMs);
  const holds = await listHoldRecords(ground.db, { projects: null, open: null });
  const verdicts = rows.map((row) => ({ ...row, verdict: retentionVerdict(plan, holds, row) }));
  for (const verdict of ["due", "held", "young", "kept"])
    expect(
      verdicts.some((each) => each.verdict === verdict),
      verdict,
    ).toBe(true);
  const digests = () =>
    ground.db.prisma.incident.findMany({ select: { id: true, fingerprint: true }, orderBy: { id: "asc" } });
  const before = await digests();
  const preview = await previewRetention(ground.as());
  const heldCount = verdicts.filter((each) => each.verdict === "held").length;
  expect(preview.groups.reduce((sum, each) => sum + each.held, 0)).toBe(heldCount);

  await enforceRetention(ground.as(actors.system("retention")));
  const [drafts, incidents] = await Promise.all([
    ground.db.prisma.draft.findMany({ where: { erasedAt: { not: null } }, select: { id: true } }),
    ground.db.prisma.incident.findMany({ where: { erasedAt: { not: null } }, select: { id: true } }),
  ]);
  const gone = [...drafts, ...incidents].map(({ id }) => id).sort();
  expect(gone).toEqual(verdicts.flatMap(({ id, verdict }) => (verdict === "due" ? [id] : [])).sort());
  expect(await digests()).toEqual(before);
});
