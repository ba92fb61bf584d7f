import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueTemplatePreviewSchema } from "@/lib/contracts/issue-template";
import { findDraft } from "@/lib/db/draft-store";
import { listTriageArtifacts } from "@/lib/db/triage-store";
import { sha256Hex } from "@/lib/digest";
import { actors } from "@/lib/testing/context";
import { foundArtifacts, reportOnlyArtifacts } from "@/lib/testing/triage-artifacts";
import { createTriageGround, scriptedWork, type TriageGround } from "@/lib/testing/triage-run-ground";
import { issueTemplateFromWire, issueTemplatePreviewToWire } from "@/lib/wire/issue-template";
import { createIssueDraft } from "./create-issue-draft";
import { createTriageRun } from "./create-triage-run";
import { valueOf } from "./make-artifact";
import { previewIssueTemplate } from "./preview-issue-template";

let ground: TriageGround;
let folder: string;
const path = ".github/ISSUE_TEMPLATE/bug_report.md";
const own = "Filed for {{repo}}.\n\n### The failure\n\n{{what_happened}}";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "issue-template-"));
  mkdirSync(join(folder, "shop", ".github", "ISSUE_TEMPLATE"), { recursive: true });
  mkdirSync(join(folder, "bare"));
  writeFileSync(join(folder, "shop", path), "---\ntitle: '[BUG] '\n---\n**To Reproduce**\n\n**Screens**\n");
  ground = await createTriageGround({ allowedRoots: [folder] });
});
afterAll(async () => {
  await ground.close();
  rmSync(folder, { recursive: true, force: true });
});

type Ids = "shop" | "bare" | "other";
const save = (templates: Partial<Record<Ids, string | null>>) =>
  ground.patch({
    monitoredProjects: (["shop", "bare", "other"] as const).map((projectId) => ({
      ...{ projectId, name: projectId, repo: `acme/${projectId}` },
      workspaceRoot: join(folder, projectId === "other" ? "bare" : projectId),
      issueTemplate: templates[projectId] ?? null,
    })),
  });

async function drafted(projectId: Ids, fields = {}) {
  const { draftId } = await ground.draft(fields);
  await ground.db.prisma.draft.update({
    where: { id: draftId },
    data: { projectId, repo: `acme/${projectId}` },
  });
  return draftId;
}
async function triaged(projectId: Ids, found = foundArtifacts()) {
  await ground.clear();
  const draftId = await drafted(projectId, { evidenceRefs: ["s3://evidence/settle-1842.log"] });
  await createTriageRun(ground.ctx(), { draftId });
  const [run] = await ground.claim("w1");
  if (!run) throw new Error("nothing to claim");
  await ground.work(run, scriptedWork({}, found));
  const artifacts = await listTriageArtifacts(ground.db, run.runId);
  const artifact = artifacts.findLast((each) => each.type === "incident_monitor_issue_draft");
  const issue = (await ground.run(run.runId)).issueDraft;
  return { draftId, runId: run.runId, issue, artifact: artifact && valueOf<Issue>(artifact) };
}
type Issue = { template_source: string | null; template_sha256: string | null; rendered_body: string };

/** As the API answers: it must be what the document promises. */
async function preview(body: Parameters<typeof issueTemplateFromWire>[0], actor = actors.viewer()) {
  const wire = issueTemplatePreviewToWire(
    await previewIssueTemplate(ground.ctx(actor), issueTemplateFromWire(body)),
  );
  return issueTemplatePreviewSchema.parse(wire);
}
const everything = async () => {
  const { prisma } = ground.db;
  return {
    audit: await prisma.auditEntry.count(),
    runs: await prisma.triageRun.findMany({ orderBy: { id: "asc" } }),
    drafts: await prisma.draft.findMany({ orderBy: { id: "asc" } }),
    artifacts: await prisma.evidenceArtifact.count(),
    revisions: await prisma.configRevision.count(),
  };
};

describe("a run of a project", () => {
  it("follows the project's template before the repository's file, and the artifact says which it was", async () => {
    await save({ shop: own });
    const { issue, artifact } = await triaged("shop");
    expect(issue?.renderedBody).toMatch(/^Filed for acme\/shop\.\n\n### The failure\n\n/);
    // Neither the file's headings nor its front matter count any more.
    expect(issue?.renderedBody).not.toContain("To Reproduce");
    expect(issue?.suggestedTitle).not.toContain("[BUG]");
    expect(artifact).toMatchObject({ template_source: "project", template_sha256: sha256Hex(own) });
  });

  it("follows the repository's file where the project has none, and the built-in form without either", async () => {
    await save({});
    const ofFile = await triaged("shop");
    expect(ofFile.artifact?.template_source).toBe(path);
    expect(ofFile.artifact?.template_sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(ofFile.issue?.renderedBody).toMatch(/^\*\*To Reproduce\*\*/);
    const ofNone = await triaged("bare");
    expect(ofNone.artifact).toMatchObject({ template_source: null, template_sha256: null });
    expect(ofNone.issue?.renderedBody).toMatch(/^## What happened/);
  });

  it("another template counts from the next time the issue draft is written", async () => {
    await save({ shop: own });
    const { draftId, runId } = await triaged("shop");
    await save({ shop: "## Second\n\n{{body}}" });
    expect((await ground.run(runId)).issueDraft?.renderedBody).toMatch(/^Filed for/);
    await createIssueDraft(ground.ctx(), { draftId });
    expect((await ground.run(runId)).issueDraft?.renderedBody).toMatch(/^## Second\n\n## What happened/);
  });

  it("a hostile template: evidence and markers stay, nothing wakes anybody", async () => {
    const hostile = `@team ![x](https://x.example/p.png) <details>\n{{what_happened}}\n~~~\n${"x".repeat(7_000)}`;
    await save({ shop: hostile });
    const { issue } = await triaged("shop");
    const body = issue?.renderedBody ?? "";
    expect(body).not.toMatch(/@team|!\[|<details/);
    expect(body).toMatch(/\n~~~\n\n## Evidence\n\n- `s3:\/\/evidence\/settle-1842\.log`\n/);
    expect(body).toMatch(
      /\n<!-- tandem:triage_run_id:v1:[^\n]+ -->\n<!-- tandem:fingerprint:v1:[0-9a-f]{64} -->$/,
    );
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(11_500);
  });

  it.each([
    ["too long", `{{body}}${"x".repeat(8_000)}`, "issue_template_too_long"],
    ["names what there is not", "{{bdy}}", "issue_template_unknown_placeholder"],
    ["holds a secret", `{{body}}\ntoken ghp_${"a1B2".repeat(9)}`, "looks_secret"],
    ["holds a marker of ours", "{{body}} <!-- tandem:fingerprint:v1:x -->", "issue_template_comment"],
  ])("one that %s is not saved, and the error names the field", async (_, text, code) => {
    await save({});
    await expect(save({ bare: text })).rejects.toMatchObject({
      ...{ kind: "invalid", reason: "config_invalid" },
      context: { issues: [expect.objectContaining({ path: "monitored_projects[1].issue_template", code })] },
    });
    const rows = await ground.db.prisma.monitoredProject.findMany();
    expect(JSON.stringify(rows)).not.toContain("issueTemplate");
  });
});

describe("the preview", () => {
  it("is what the run then writes, byte for byte, and writes nothing itself", async () => {
    await save({});
    const { draftId, runId } = await triaged("shop");
    const before = await everything();
    const seen = await preview({ project_id: "shop", draft_id: draftId, template: `${own}\r\n` });
    expect(await everything()).toEqual(before);
    expect(seen).toMatchObject({
      problems: [],
      preview: { basis: "triage", draft_id: draftId, template_source: "project" },
      repository: { path, template: expect.stringContaining("**To Reproduce**\n\n{{steps_to_reproduce}}") },
      limit: 8_000,
    });
    await save({ shop: own });
    await createIssueDraft(ground.ctx(), { draftId });
    const { issueDraft } = await ground.run(runId);
    expect(seen.preview).toMatchObject({
      title: issueDraft?.suggestedTitle,
      body: issueDraft?.renderedBody,
      template_sha256: issueDraft?.templateSha256,
    });
  });

  it("without a template it shows the saved one, blank the next in line", async () => {
    await save({ shop: own });
    const sourceOf = async (body: object) =>
      (await preview({ project_id: "shop", ...body })).preview?.template_source;
    expect(await sourceOf({})).toBe("project");
    expect(await sourceOf({ template: " \n" })).toBe(path);
    expect((await preview({ project_id: "bare", template: "" })).preview?.template_source).toBeNull();
  });

  it("of a blocked draft, of one without a run, and without any draft says what it stands on", async () => {
    await save({ shop: own });
    const blocked = await triaged("shop", reportOnlyArtifacts());
    expect((await findDraft(ground.db, blocked.draftId))?.issue).toBe("blocked");
    const ofBlocked = await preview({ project_id: "shop", draft_id: blocked.draftId });
    expect(ofBlocked.preview).toMatchObject({ basis: "triage", body: expect.stringMatching(/^Filed for/) });
    const fresh = await drafted("shop", { title: "Nobody triaged this" });
    const ofReport = (await preview({ project_id: "shop", draft_id: fresh })).preview;
    expect([ofReport?.basis, ofReport?.title]).toEqual(["report", "Nobody triaged this"]);
    const sample = (await preview({ project_id: "shop" })).preview;
    expect([sample?.basis, sample?.title]).toEqual(["sample", expect.stringMatching(/^Sample: /)]);
    expect(sample?.body).toContain("This is a sample.");
    const unsaved = await preview({ template: "{{body}}" });
    expect([unsaved.preview?.basis, unsaved.repository]).toEqual(["sample", null]);
  });

  it("says what keeps a template from being saved, and renders nothing", async () => {
    await save({});
    expect(await preview({ project_id: "shop", template: "{{bdy}}" })).toMatchObject({
      preview: null,
      problems: [
        {
          ...{ field: "template", code: "issue_template_unknown_placeholder" },
          message: expect.stringMatching(/^issue_template names \{\{bdy\}\}/),
        },
      ],
    });
  });

  it("no starting text is taken for a secret, so that what is put in stays as it is", async () => {
    await save({});
    const { built_in, placeholders } = await preview({ project_id: "shop" });
    const names = placeholders.map(({ name }) => `{{${name}}}`).join("\n\n");
    for (const template of [built_in, names]) {
      const { preview: seen } = await preview({ project_id: "shop", template });
      expect(seen?.body).not.toMatch(/redacted|\{\{/i);
    }
  });

  it("is for who may read the project: a draft of another is not found, a denied attempt is recorded", async () => {
    await save({ shop: own });
    const member = actors.projectMember({ shop: "viewer" });
    expect((await preview({ project_id: "shop" }, member)).preview?.basis).toBe("sample");
    const refused = (body: Parameters<typeof preview>[0], actor = member) =>
      preview(body, actor).then(
        () => null,
        (error) => [error.kind, error.reason],
      );
    expect(await refused({ project_id: "other" })).toEqual(["forbidden", "role_may_not"]);
    const denied = await ground.audit("incident_monitor.access.denied");
    expect(denied.at(-1)).toMatchObject({ outcome: "denied", subjectKind: "project", subjectId: "other" });
    const theirs = await drafted("other");
    expect(await refused({ project_id: "shop", draft_id: theirs })).toEqual(["not_found", "draft_not_found"]);
    expect(await refused({ project_id: "shop", draft_id: theirs }, actors.admin())).toEqual([
      "not_found",
      "draft_not_found",
    ]);
    expect(await refused({ project_id: "nowhere" }, actors.admin())).toEqual([
      "not_found",
      "project_not_found",
    ]);
    expect(await refused({ project_id: "shop" }, actors.intakeKey() as never)).toEqual([
      "forbidden",
      "key_may_only_report",
    ]);
  });
});
