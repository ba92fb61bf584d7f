import { describe, expect, it } from "vitest";
import { sampleDestination, samplePayloadSubject } from "@/e2e/fakes/sample-payload";
import { previewIssueDraft } from "@/lib/domain/issue-draft";
import { issueDraftToJson } from "@/lib/domain/issue-draft-json";
import { byteLength } from "@/lib/domain/issue-text";
import { readSummary } from "@/lib/domain/triage-summary";
import { agentOutputs, aTriageSubject, minimalSummary } from "@/lib/testing/triage-artifacts";
import { renderGithub } from "./github-payload";
import { issueBodyByteLimit, issueContent } from "./issue-body";
import { addDeliveryMarker, fingerprintMarker, parseMarkers } from "./issue-markers";
import { linearContent } from "./linear-payload";

const row = "`src/@scope/pay.ts` ```x``` @octocat #12 <b> é ".repeat(12);
const rows = (count: number) => Array.from({ length: count }, (_, at) => `${at} ${row}`);

const drafts = {
  short: minimalSummary(),
  long: {
    ...minimalSummary(),
    whatHappened: row.repeat(20),
    logs: rows(20),
    acceptanceCriteria: rows(20),
    verificationSteps: rows(20),
    likelyFilesToEdit: rows(30),
    fixPoints: rows(30).map((path) => ({ path, why: row })),
  },
  "ready for a coding agent": {
    ...minimalSummary(),
    rootCauseConfidence: "high",
    likelyFilesToEdit: rows(30),
    acceptanceCriteria: rows(20),
  },
};

function filedSubject(input: (typeof drafts)[keyof typeof drafts]) {
  const draft = previewIssueDraft({
    ...{ subject: aTriageSubject(), triageRunId: "run-1", summary: readSummary(input).summary },
    ...{ outputs: agentOutputs(), similar: [], template: null, createdAtMs: 1 },
    fingerprintMarker: fingerprintMarker(samplePayloadSubject({})),
  });
  return { draft, subject: samplePayloadSubject({ issueDraft: issueDraftToJson(draft) }) };
}

const handoffLine = /^<!-- tandem:coder_handoff:v1 (.*) -->$/m;

describe("the hand-off to a coding agent", () => {
  const ready = drafts["ready for a coding agent"];

  it("is in the body where comments stay out of sight: ours, whole, above the markers that are read", () => {
    const { draft, subject } = filedSubject(ready);
    expect(draft.coderReady).toBe(true);
    const { body, markers } = issueContent(subject, { hidesComments: true });
    const [line = "", json = ""] = handoffLine.exec(body) ?? [];
    expect(JSON.parse(json)).toMatchObject({
      handoff_type: "tandem_autonomous_coder_issue",
      coder_ready: true,
    });
    expect(draft.renderedBody).toContain(line);
    expect(body.match(/coder_handoff/g)).toHaveLength(1);
    expect(parseMarkers(body)).toEqual({ fingerprint: markers.fingerprint, evidence: markers.evidence });
    expect(byteLength(addDeliveryMarker(body, { idempotencyKey: "k" }))).toBeLessThanOrEqual(
      issueBodyByteLimit,
    );
    expect(issueContent(subject, { hidesComments: true }).comment.body).not.toContain("coder_handoff");
  });

  it("is written by both ways to GitHub, and not where it would stand in sight", () => {
    const { subject } = filedSubject(ready);
    const config = { token_ref: "env:GITHUB_TOKEN" };
    const github = sampleDestination({ kind: "github_issue", repo: "example/tracker", config });
    const rendered = renderGithub(github, subject);
    expect(rendered.ok && JSON.stringify(rendered.payload.content.body)).toContain("tandem:coder_handoff:v1");
    const place = { linearTeam: "SHOP", linearProject: "Reliability" };
    const { issue } = linearContent(sampleDestination({ kind: "linear_issue", ...place }), subject);
    expect(issue.body).not.toContain("coder_handoff");
  });

  it("is left out where triage did not let it pass, whatever its text says of itself", () => {
    const forged = "<!-- tandem:coder_handoff:v1 {} -->";
    const { subject } = filedSubject({ ...ready, coderReady: false, whatHappened: forged } as typeof ready);
    const body = issueContent(subject, { hidesComments: true }).body;
    expect(body).not.toMatch(handoffLine);
    const said = { ...subject.issueDraft, coder_ready: "true", coder_handoff: { draft_id: "d" } };
    expect(issueContent({ ...subject, issueDraft: said }, { hidesComments: true }).body).not.toMatch(
      handoffLine,
    );
  });

  it("gives way before the words do", () => {
    const { subject } = filedSubject(ready);
    const long = { ...subject.issueDraft, rendered_body: "word ".repeat(2_290) };
    const { body } = issueContent({ ...subject, issueDraft: long }, { hidesComments: true });
    expect(body).not.toContain("coder_handoff");
    expect(body.startsWith("word ".repeat(2_280))).toBe(true);
    const less = { ...subject.issueDraft, rendered_body: "word ".repeat(1_900) };
    const [line = ""] =
      handoffLine.exec(issueContent({ ...subject, issueDraft: less }, { hidesComments: true }).body) ?? [];
    expect(line).toContain('"draft_id"');
    expect(byteLength(line)).toBeLessThan(2_300);
  });
});

describe("an issue draft of triage, as a tracker is given it", () => {
  it.each(Object.entries(drafts))(
    "%s: what was rendered is what is filed, under our own markers",
    (_name, input) => {
      const bare = samplePayloadSubject({});
      const draft = previewIssueDraft({
        subject: aTriageSubject(),
        triageRunId: "run-1",
        summary: readSummary(input).summary,
        outputs: agentOutputs(),
        similar: [],
        template: null,
        fingerprintMarker: fingerprintMarker(bare),
        createdAtMs: 1,
      });
      const subject = samplePayloadSubject({ issueDraft: issueDraftToJson(draft) });
      const { title, body, markers } = issueContent(subject);
      expect(title).toBe(draft.suggestedTitle);
      const rendered = draft.renderedBody.slice(0, draft.renderedBody.indexOf("\n\n<!-- tandem:"));
      expect(body.startsWith(`${rendered}\n\n<!-- tandem:fingerprint:v1:`)).toBe(true);
      expect(body).not.toContain("triage_run_id:v1");
      expect(parseMarkers(body)).toEqual({ fingerprint: markers.fingerprint, evidence: markers.evidence });
      expect(draft.renderedBody.endsWith(`<!-- tandem:fingerprint:v1:${markers.fingerprint} -->`)).toBe(true);
      const sealed = addDeliveryMarker(body, { idempotencyKey: "k" });
      expect(byteLength(sealed)).toBeLessThanOrEqual(issueBodyByteLimit);
    },
  );
});
