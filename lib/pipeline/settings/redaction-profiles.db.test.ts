import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SafetyDefaults } from "@/lib/domain/config";
import type { RedactionProfileRow } from "@/lib/domain/redaction-profile";
import { aProject } from "@/lib/testing/configs";
import { actors } from "@/lib/testing/context";
import { aConfigPatch } from "@/lib/testing/reports";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { approveDraft } from "../drafts/approve-draft";
import { getDraft } from "../drafts/get-draft";
import { getDraftReview } from "../drafts/get-draft-review";
import { publishDraft } from "../publishing/publish-draft";
import { patchConfig } from "./patch-config";

let ground: SilenceGround;
const clinic: RedactionProfileRow = {
  profileId: "clinic",
  personalData: ["email"],
  patterns: [{ name: "patient", pattern: "PAT-[0-9]{6}" }],
  allowedValues: ["@clinic.example"],
};
const title = "Import of PAT-123456 failed for ann@example.com, told ops@clinic.example";
const approver = () => ground.as(actors.approver());

async function configure(
  safety: Partial<SafetyDefaults>,
  profiles: { source?: string; destination?: string } = {},
) {
  const { source, destination } = profiles;
  const project = aProject({ projectId: "shop", repo: "acme/shop", defaultDestinationIds: ["local"] });
  await patchConfig(ground.as(), {
    patch: aConfigPatch({
      safetyDefaults: { redactionProfile: null, redactionProfiles: null, ...safety },
      monitoredProjects: [{ ...project, redactionProfile: source ?? null }],
      destinations: [
        {
          ...{ destinationId: "local", name: "Local", kind: "telemetry" },
          config: destination ? { redaction_profile: destination } : {},
        },
      ],
    }),
  });
}

const titleOf = async (draftId: string) => (await getDraft(ground.as(), draftId)).content.title;
/** Everything that would leave, as one text. */
async function leaving(draftId: string): Promise<string> {
  const { destinations } = await getDraftReview(approver(), draftId);
  return JSON.stringify(destinations.map((each) => each.payload));
}

beforeAll(async () => {
  ground = await createSilenceGround();
});
afterAll(() => ground.close());

describe("the profile of a source, before the first write", () => {
  it.each([
    [
      "its own",
      { source: "clinic" },
      "Import of [redacted:custom_patient] failed for [redacted:email], told ops@clinic.example",
    ],
    ["the default", {}, title],
    [
      "one that nobody made is the strictest",
      { source: "clinik" },
      "Import of [redacted:custom_patient] failed for [redacted:email], told [redacted:email]",
    ],
  ])("%s", async (_case, profiles, expected) => {
    await configure({ redactionProfiles: [clinic] }, profiles);
    expect(await titleOf(await ground.draftOf({ title }, "shop"))).toBe(expected);
  });

  it("nothing of what it takes out is anywhere in the database", async () => {
    await configure({ redactionProfiles: [clinic] }, { source: "clinic" });
    const word = "PAT-987654";
    const texts = { detail: `for ${word}`, excerpt: [`row ${word}`], attributes: { runId: word } };
    await ground.draftOf({ title: `Failed for ${word}`, ...texts }, "shop");
    const { rows: tables } = await ground.db.pool.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    );
    for (const { name } of tables) {
      const found = await ground.db.pool.query(
        `SELECT 1 FROM "${name}" AS row WHERE row::text ILIKE $1 LIMIT 1`,
        [`%${word}%`],
      );
      expect(found.rows, name).toEqual([]);
    }
  });
});

describe("the profile of a destination, on the way out", () => {
  it("is part of what the approver sees and of what is sent", async () => {
    await configure({ redactionProfiles: [clinic] }, { destination: "clinic" });
    const draftId = await ground.draftOf({ title, riskLevel: "high" });
    expect(await titleOf(draftId)).toBe(title);
    const shown = await leaving(draftId);
    expect(shown).toContain("[redacted:custom_patient]");
    expect(shown).not.toMatch(/PAT-123456|ann@example/);
    await approveDraft(approver(), { draftId });
    await ground.publish(draftId);
    await ground.turn();
    const { body, state } = await ground.delivery(draftId);
    expect([state, body.includes("[redacted:custom_patient]"), body.includes("PAT-123456")]).toEqual([
      "published",
      true,
      false,
    ]);
  });

  it.each<[string, Partial<SafetyDefaults>, { destination?: string }]>([
    [
      "its profile has another rule",
      { redactionProfiles: [{ ...clinic, personalData: [] }] },
      { destination: "clinic" },
    ],
    [
      "it spares more",
      { redactionProfiles: [{ ...clinic, allowedValues: ["x"] }] },
      { destination: "clinic" },
    ],
    ["it has another profile", { redactionProfiles: [clinic] }, { destination: "strict" }],
    ["its profile is gone", {}, { destination: "clinic" }],
  ])(
    "%s: what was approved is void, although not one byte of it changed",
    async (_case, safety, profiles) => {
      await configure({ redactionProfiles: [clinic] }, { destination: "clinic" });
      const draftId = await ground.draftOf({ title: "Import failed", riskLevel: "high" });
      await approveDraft(approver(), { draftId });
      await configure(safety, profiles);
      const stopped = await publishDraft(approver(), { draftId, destinationIds: [] });
      if (stopped.action !== "approval_required") throw new Error(stopped.action);
      expect(stopped.reasons.map(({ code }) => code)).toContain("destination_changed");
      expect(await getDraft(ground.as(), draftId)).toMatchObject({ approval: "voided" });
    },
  );

  it("what is queued already is not sent by rules that it was not shown under", async () => {
    await configure({ redactionProfiles: [clinic], redactionProfile: "clinic" });
    const draftId = await ground.draftOf({ title: "Import failed", riskLevel: "high" });
    await approveDraft(approver(), { draftId });
    await ground.publish(draftId);
    await configure({ redactionProfiles: [{ ...clinic, patterns: [] }], redactionProfile: "clinic" });
    await ground.turn();
    expect(await ground.delivery(draftId)).toMatchObject({
      state: "blocked",
      lastReason: { code: "destination_changed" },
    });
  });

  it("a profile that the destination does not use voids nothing", async () => {
    await configure({ redactionProfiles: [clinic] });
    const draftId = await ground.draftOf({ title: "Import failed", riskLevel: "high" });
    await approveDraft(approver(), { draftId });
    await configure({ redactionProfiles: [{ ...clinic, personalData: [] }] });
    expect(await ground.publish(draftId)).toMatchObject({ action: "queued" });
  });
});
