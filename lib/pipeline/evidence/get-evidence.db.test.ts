import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { artifactReference, bytesReference, parseEvidenceReference } from "@/lib/domain/evidence-reference";
import { refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { createLogGround, type LogGround } from "@/lib/testing/log-ground";
import { getEvidence } from "./get-evidence";

let ground: LogGround;
/** The references that the incident holds, first the one of its bytes. */
let references: string[];
const secret = ["ghp_", "R7kq2Vx9Lm4Tz8Wb3Nc6Hd1Jf5Gs0PyQaEiU"].join("");

beforeAll(async () => {
  ground = await createLogGround();
  await ground.configure([{ sourceId: "api", path: "api.log" }]);
  ground.append("api.log", JSON.stringify({ level: "error", message: `push refused for ${secret}` }));
  const tail = await ground.open("api");
  await ground.readOn(tail);
  await tail.close();
  const incident = await ground.db.prisma.incident.findFirstOrThrow({ where: { logSourceId: "api" } });
  references = incident.evidenceRefs;
});
afterAll(() => ground.close());

const get = (reference: string, actor = actors.viewer()) => getEvidence(ground.as(actor), { reference });
const missing = { kind: "not_found", reason: "evidence_not_found" };

describe("evidence of a watched line", () => {
  it("both references of its incident lead to it: the bytes of the log, and the artifact", async () => {
    expect(references.map((each) => parseEvidenceReference(each)?.kind)).toEqual(["bytes", "artifact"]);
    const [byBytes, byName] = await Promise.all(references.map((each) => get(each)));
    expect(byBytes).toEqual(byName);
    expect(byName).toMatchObject({
      ...{ projectId: "shop", sourceId: "api", path: references[1], kind: "log_source", verified: true },
      content: { project_id: "shop", log_path: "api.log", offset_start: 0, generation: 0 },
    });
    expect(byName?.incidentId).toEqual(expect.any(String));
  });

  it("is redacted, and says how much was taken out", async () => {
    const evidence = await get(references[1] ?? "");
    expect(JSON.stringify(evidence)).not.toContain(secret.slice(4, 16));
    expect(Object.values(evidence.redactions).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  });

  it("says when what is stored is not what was hashed", async () => {
    const path = artifactReference("shop", "api", "changed-0.json");
    const { evidenceId, ...whole } = await get(references[1] ?? "");
    const { kind, contentType, sha256, content } = whole;
    await ground.db.prisma.evidenceArtifact.create({
      data: {
        id: `${evidenceId}-2`,
        path,
        kind,
        contentType,
        sha256,
        content: { ...content, offset_start: 7, title: "another" },
      },
    });
    expect(await get(path)).toMatchObject({ verified: false, sha256 });
  });

  it("is gone once its time is over", async () => {
    const path = artifactReference("shop", "api", "old-0.json");
    const row = { kind: "log_source", contentType: "application/json", content: {}, sha256: "0" };
    await ground.db.prisma.evidenceArtifact.create({
      data: { id: "old", path, ...row, expiresAt: new Date(Date.now() - 1_000) },
    });
    expect(await refusal(get(path))).toMatchObject(missing);
  });

  it.each([
    ["bytes that nobody kept", bytesReference("shop", "api", 5, 9)],
    ["a file that nobody kept", artifactReference("shop", "api", "none.json")],
    ["another source's", artifactReference("shop", "web", "none.json")],
    ["a project that is not configured", artifactReference("nowhere", "api", "none.json")],
  ])("404: %s", async (_, reference) => {
    expect(await refusal(get(reference))).toMatchObject(missing);
  });

  it.each(["", "https://example.test/x", "tandem://incident-monitor/shop/logs/api"])(
    "%j is no reference",
    async (reference) => {
      expect(await refusal(get(reference))).toMatchObject({
        ...{ kind: "invalid", reason: "evidence_reference_invalid", context: { field: "reference" } },
      });
    },
  );

  it("of a project that the reader may not see does not exist; with a role on it, it does", async () => {
    const [bytes = "", artifact = ""] = references;
    for (const reference of [bytes, artifact]) {
      expect(await refusal(get(reference, actors.projectMember({ other: "viewer" })))).toMatchObject(missing);
      expect(await get(reference, actors.projectMember({ shop: "viewer" }))).toMatchObject({
        verified: true,
      });
    }
    expect(await refusal(get(bytes, actors.intakeKey() as never))).toMatchObject({ kind: "forbidden" });
  });
});
