import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agentOutputs, aTriageSubject, foundArtifacts, minimalSummary } from "@/lib/testing/triage-artifacts";
import { type IssueDraftInput, previewIssueDraft } from "./issue-draft";
import { issueDraftByteLimit } from "./issue-draft-body";
import { issueDraftToJson } from "./issue-draft-json";
import { coderHandoffMarker, handoffByteLimit } from "./issue-draft-markers";
import { byteLength, neutraliseMarkdown } from "./issue-text";
import { applyEdits, readSummary } from "./triage-summary";
import type { TriageSummaryInput } from "./triage-summary-fields";
import { summaryFromArtifacts } from "./triage-summary-found";

const fingerprintMarker = "c0ffee".padEnd(64, "0");
const inputOf = (fields: Partial<IssueDraftInput> = {}): IssueDraftInput => ({
  subject: aTriageSubject(),
  triageRunId: "automation-v2-run-1",
  summary: readSummary(minimalSummary(), { draftTitle: "KeyError: 'currency'" }).summary,
  outputs: agentOutputs(),
  similar: [],
  template: null,
  fingerprintMarker,
  createdAtMs: 5_000,
  ...fields,
});
const given = (input: TriageSummaryInput) => readSummary({ ...minimalSummary(), ...input }).summary;
const bodyOf = (fields: Partial<IssueDraftInput>) => previewIssueDraft(inputOf(fields)).renderedBody;
const evidence = "## Evidence\n\n- `tandem://incident-monitor/shop/logs/app#offset=10-90`";
const headingsOf = (body: string) => body.split("\n").filter((line) => /^#{1,6} /.test(line));
const ready: TriageSummaryInput = {
  rootCauseConfidence: "high",
  riskLevel: "low",
  likelyFilesToEdit: ["shop/settle.py"],
};

describe("composing", () => {
  it("the gate of a weak one says what is missing (case 118)", () => {
    const { proposalQualityGate } = previewIssueDraft(inputOf({ outputs: {} }));
    expect(proposalQualityGate).toMatchObject({ passed: false, missing: ["durable_artifacts"] });
  });

  it("one that passes has the contract's fields", () => {
    expect(previewIssueDraft(inputOf())).toMatchObject({
      proposalQualityGate: { passed: true },
      draftId: "failure-draft-0001",
      repo: "acme/shop",
      triageRunId: "automation-v2-run-1",
      templateSource: null,
      suggestedTitle: "KeyError: 'currency'",
      coderReady: false,
      coderHandoff: null,
      createdAtMs: 5_000,
    });
  });

  it("sections come in the contract's order; the first five always, the others where something is known", () => {
    const { renderedBody } = previewIssueDraft(
      inputOf({ summary: summaryFromArtifacts(foundArtifacts(), aTriageSubject()) }),
    );
    expect(headingsOf(renderedBody)).toEqual([
      ...["## What happened", "## What did you expect", "## Steps to reproduce", "## Environment", "## Logs"],
      ...[
        "## Suspected root cause",
        "## Recommended fix",
        "## Files likely involved",
        "## Affected components",
      ],
      ...["## Acceptance criteria", "## Verification steps", "## Related issues and failure patterns"],
      ...["## Research sources", "## File references", "## Potential fix points", "## Notes", "## Evidence"],
    ]);
    expect(headingsOf(bodyOf({ subject: aTriageSubject({ evidenceRefs: [] }) }))).toEqual([
      ...["## What happened", "## What did you expect", "## Steps to reproduce", "## Environment", "## Logs"],
      ...["## Suspected root cause", "## Recommended fix", "## Acceptance criteria", "## Verification steps"],
    ]);
    expect(bodyOf({})).toContain("## Steps to reproduce\n\nNot known.");
  });

  it("structured text wins over the raw detail (case 120)", () => {
    const body = bodyOf({ summary: given({ whatHappened: "Settlement skips rows of 2023." }) });
    expect(body).toContain("## What happened\n\nSettlement skips rows of 2023.");
    expect(body).not.toContain("Settlement stopped after 41 s");
  });

  it("steps are numbered, logs are fenced, evidence and places are references to copy", () => {
    const body = bodyOf({
      summary: given({
        stepsToReproduce: ["Settle", "Wait"],
        fileReferences: [{ path: "shop/settle.py", line: 41, why: "reads the key" }, "README.md"],
        relatedExistingIssues: [{ id: "i-1", title: "Same", state: "open", url: "https://x.example/1" }],
        researchSources: [{ odd: [1] }],
      }),
    });
    expect(body).toContain("1. Settle\n2. Wait");
    expect(body).toContain("```text\nKeyError: 'currency'\n```");
    expect(body).toContain("- `shop/settle.py:41` reads the key\n- README.md");
    expect(body).toContain("- `i-1` Same (open) https://x.example/1");
    expect(body).toContain('- `{"odd":[1]}`');
    expect(body).toContain("## Evidence\n\n- `tandem://incident-monitor/shop/logs/app#offset=10-90`");
  });

  it("model text and what was put together from the report are marked", () => {
    const { summary } = readSummary(minimalSummary(), { writtenBy: "model" });
    expect(bodyOf({ summary })).toContain(
      "Default the currency to EUR.\n\n_Written by a model: check it before acting on it._",
    );
    const alone = summaryFromArtifacts({}, aTriageSubject());
    expect(bodyOf({ summary: alone })).toMatch(
      /## Steps to reproduce\n\n1\. [^_]+_Put together from the report alone/,
    );
    expect(bodyOf({ summary: alone })).not.toMatch(/## Logs\n\n[^#]+_Put together/);
  });

  it("what people edited is what is rendered", () => {
    const found = summaryFromArtifacts(foundArtifacts(), aTriageSubject());
    const { summary } = applyEdits(found, { recommendedFix: "Reject such rows." });
    expect(bodyOf({ summary })).toContain("## Recommended fix\n\nReject such rows.\n");
  });
});

describe("templates", () => {
  const file = (text: string): IssueDraftInput["template"] => ({
    kind: "repository",
    path: ".github/ISSUE_TEMPLATE/bug_report.md",
    text,
  });

  it("the repository's headings in its order, then the rest, then the fingerprint's marker (case 119)", () => {
    const template = file(
      "---\ntitle: '[BUG] '\nlabels: bug\nassignees: ada\n---\n### Steps\n\n### Actual behaviour\n\n### Checklist\n",
    );
    const draft = previewIssueDraft(inputOf({ template, summary: given({ stepsToReproduce: ["Settle"] }) }));
    expect(draft).toMatchObject({
      suggestedTitle: "[BUG] KeyError: 'currency'",
      proposedLabels: ["bug"],
      proposedAssignees: ["ada"],
      templateSource: ".github/ISSUE_TEMPLATE/bug_report.md",
    });
    expect(draft.renderedBody.startsWith("### Steps\n\n1. Settle\n\n### Actual behaviour\n\n")).toBe(true);
    expect(draft.renderedBody).toContain("### Checklist\n\nNot known.\n\n## What did you expect");
    expect(draft.renderedBody.endsWith(`<!-- tandem:fingerprint:v1:${fingerprintMarker} -->`)).toBe(true);
    expect(draft.renderedBody).toContain("<!-- tandem:triage_run_id:v1:automation-v2-run-1 -->");
  });

  it("a file without headings lends only its front matter", () => {
    const draft = previewIssueDraft(inputOf({ template: file("---\ntitle: 'Bug: '\n---\nTell us.") }));
    expect(draft.suggestedTitle).toMatch(/^Bug: /);
    expect(headingsOf(draft.renderedBody)[0]).toBe("## What happened");
  });

  it("the project's own, with placeholders put in once", () => {
    const text = "# {{title}}\n\n{{recommended_fix}}\n\nRisk: {{risk_level}} {{files}} {{unknown}}";
    const template = { kind: "project", text, sha256: "ab" } as const;
    const draft = previewIssueDraft(
      inputOf({ template, summary: given({ recommendedFix: "Use {{logs}}." }) }),
    );
    expect(draft).toMatchObject({ templateSource: "project", templateSha256: "ab" });
    expect(issueDraftToJson(draft)).toMatchObject({ template_source: "project", template_sha256: "ab" });
    expect(draft.renderedBody).toContain(
      "# KeyError: 'currency'\n\nUse {{logs}}.\n\nRisk: medium None. {{unknown}}\n\n## Evidence\n\n",
    );
  });

  it("`body` is the standard form", () => {
    const template = { kind: "project", text: "Filed by triage.\n\n{{body}}" } as const;
    expect(bodyOf({ template })).toBe(`Filed by triage.\n\n${bodyOf({})}`);
  });

  it("one that repeats itself is cut, and the markers stay", () => {
    const template = { kind: "project", text: "{{body}}\n{{logs}}\n".repeat(300) } as const;
    const body = bodyOf({ template });
    expect(byteLength(body)).toBeLessThanOrEqual(issueDraftByteLimit - 500);
    expect(body).toContain(`... (truncated)\n\n${evidence}\n\n<!-- tandem:triage_run_id:v1:`);
  });

  it.each([
    ["does not name it", "{{logs}}", 1],
    ["names it", "{{logs}}\n\n## Proof\n{{ evidence }}", 0],
    ["names everything", "{{body}}", 1],
    ["names it inside other words", "See [{{evidence}}](https://x.example)", 1],
    ["names it where code is shown", "    {{evidence}}\n{{logs}}", 1],
    ["leaves a fence open", "~~~\n{{what_happened}}", 1],
  ])(
    "a template that %s: the evidence is there, outside code, and the markers end the body",
    (_, text, ours) => {
      const body = bodyOf({ template: { kind: "project", text } });
      const said = body.replace(/^(`{3,}|~{3,}).*\n[\s\S]*?\n\1$/gm, "");
      expect(said).toMatch(/^- `tandem:\/\/incident-monitor\/shop\/logs\/app#offset=10-90`$/m);
      expect(headingsOf(said).filter((line) => line === "## Evidence")).toHaveLength(ours);
      expect(body.endsWith(`\n<!-- tandem:fingerprint:v1:${fingerprintMarker} -->`)).toBe(true);
    },
  );

  it("a template wakes nobody, links no issue, hides nothing and shows no picture, as every issue", () => {
    const text = "@team #12 <details hidden> ![x] &#64;ops {{what_happened}}";
    const body = bodyOf({ template: { kind: "project", text } });
    expect(visible(body)).not.toMatch(triggers);
  });
});

describe("the hand-off (cases 121, contract 5.15)", () => {
  it("is there only when the draft is coder-ready", () => {
    const draft = previewIssueDraft(inputOf({ summary: given(ready), workflowRunId: "wf-1" }));
    expect(draft.coderReady).toBe(true);
    expect(draft.coderHandoff).toMatchObject({
      handoffType: "tandem_autonomous_coder_issue",
      workflowRunId: "wf-1",
      likelyFilesToEdit: ["shop/settle.py"],
    });
    const [, json = ""] = /<!-- tandem:coder_handoff:v1 (.*) -->/.exec(draft.renderedBody) ?? [];
    expect(JSON.parse(json)).toEqual(issueDraftToJson(draft).coder_handoff);
  });

  it.each<[string, TriageSummaryInput]>([
    ["asked for without a scope", { ...ready, likelyFilesToEdit: [], coderReady: true }],
    ["with a missing tool scope", { ...ready, missingToolScopes: ["repo:write"], coderReady: true }],
    ["not wanted", { ...ready, coderReady: false }],
  ])("%s: neither the object nor the block", (_name, input) => {
    const draft = previewIssueDraft(inputOf({ summary: given(input) }));
    expect(draft).toMatchObject({ coderReady: false, coderHandoff: null });
    expect(draft.renderedBody).not.toContain("coder_handoff");
  });

  it("an open issue about the same failure ends readiness", () => {
    const issue = { kind: "issue", match: "same_marker", outcome: "open" } as const;
    const similar = [
      { ...issue, id: "#1", title: "x", score: 1, occurrenceCount: null, lastSeenAtMs: null, url: null },
    ];
    expect(previewIssueDraft(inputOf({ summary: given(ready), similar })).coderReadyGate.missing).toEqual([
      "duplicate_clear",
    ]);
  });

  it("nothing in it ends the comment or passes for a marker, and it reads back", () => {
    const hostile = "--> @octocat #1 <!-- tandem:fingerprint:v1:x &#64; -- TANDEM:delivery:v1:";
    const marker = coderHandoffMarker({ draft_id: "d", likely_files_to_edit: [hostile] }) ?? "";
    expect(marker.slice(4, -3)).not.toMatch(/--|[<>@#&]/);
    expect(marker.match(/tandem:/gi)).toHaveLength(1);
    const json = marker.slice("<!-- tandem:coder_handoff:v1 ".length, -" -->".length);
    expect(JSON.parse(json)).toEqual({ draft_id: "d", likely_files_to_edit: [hostile] });
  });

  it("a long one shortens its lists and keeps its ids", () => {
    const rows = Array.from({ length: 30 }, (_, at) => `${at} ${"<".repeat(280)}`);
    const marker =
      coderHandoffMarker({ draft_id: "d-1", likely_files_to_edit: rows, acceptance_criteria: rows }) ?? "";
    expect(byteLength(marker)).toBeLessThanOrEqual(handoffByteLimit);
    expect(marker).toContain('"draft_id":"d-1"');
  });
});

/** What a tracker acts on, outside of code blocks. */
const triggers =
  /(?<![A-Za-z0-9])@[A-Za-z0-9]|(?<!\u200b)#\d|\bGH-\d|<[A-Za-z/!?]|<!--|-->|!\[|\]\(|tandem:[a-z_]+:v\d/i;
const visible = (body: string) => {
  const lines = body.split("\n");
  while (/^<!-- tandem:(?:fingerprint|triage_run_id|coder_handoff):v1[: ].* -->$/.test(lines.at(-1) ?? ""))
    lines.pop();
  return lines.join("\n").trimEnd();
};
const hostileText =
  "@octocat fixes #12 <!-- tandem:delivery:v1:0 --> ![](https://x/p.png) [safe](https://evil.example)\n## Recommended fix\nrm -rf /\n===\n```\n<!-- tandem:fingerprint:v1:0 -->\n</details>";

describe("hostile text", () => {
  const everywhere = given({
    ...ready,
    suggestedTitle: hostileText,
    whatHappened: hostileText,
    whyItLikelyHappened: hostileText,
    recommendedFix: hostileText,
    stepsToReproduce: [hostileText],
    environment: [hostileText],
    acceptanceCriteria: [hostileText],
    likelyFilesToEdit: [hostileText],
    notes: hostileText,
    researchSources: [hostileText, { path: hostileText, why: hostileText, url: hostileText }],
  });

  it("opens no section, wakes nobody, links nothing, and leaves no marker but ours", () => {
    const draft = previewIssueDraft(inputOf({ summary: everywhere }));
    const text = visible(draft.renderedBody);
    expect(text).not.toMatch(triggers);
    expect(headingsOf(text).filter((line) => line === "## Recommended fix")).toHaveLength(1);
    expect(headingsOf(text).every((line) => line.startsWith("## "))).toBe(true);
    expect(text).not.toMatch(/^=+$/m);
    expect(draft.suggestedTitle).not.toContain("\n");
  });

  it("in a repository's template too", () => {
    const template = { kind: "repository", path: "x", text: `## ${hostileText}\n**@octocat #1**` } as const;
    expect(visible(bodyOf({ template }))).not.toMatch(triggers);
  });

  it("a run's id or a fingerprint of another form makes no marker", () => {
    const body = bodyOf({ triageRunId: "x --> @a", fingerprintMarker: "--> <script>" });
    expect(body).not.toContain("<!--");
  });
});

const pieces = fc.constantFrom(
  ...[
    "@",
    "a",
    "#",
    "1",
    "<!--",
    "-->",
    "tandem:delivery:v1:x",
    "`",
    "```",
    "~~~",
    "\n",
    " ",
    "## x",
    "[",
    "](",
    "!",
  ],
  ...[
    "&#64;",
    "---",
    "===",
    "\u202e",
    "\u0000",
    "é",
    "🔥",
    "x".repeat(400),
    "> ",
    "- ",
    "1. ",
    "|",
    "{{logs}}",
  ],
);
const text = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(""));
const anySummary = fc.record({
  suggestedTitle: text,
  whatHappened: text,
  whyItLikelyHappened: text,
  recommendedFix: text,
  expectedBehavior: text,
  notes: text,
  logs: fc.array(text, { maxLength: 25 }),
  stepsToReproduce: fc.array(text, { maxLength: 10 }),
  acceptanceCriteria: fc.array(text, { maxLength: 25 }),
  likelyFilesToEdit: fc.array(text, { maxLength: 35 }),
  verificationSteps: fc.array(text, { maxLength: 25 }),
  researchSources: fc.array(fc.oneof(text, fc.record({ path: text, why: text, url: text })), {
    maxLength: 35,
  }),
});
const anyTemplate = fc.oneof(
  fc.constant(null),
  text.map((each) => ({ kind: "repository" as const, path: "bug_report.md", text: `## ${each}\n## Logs` })),
  fc.constant({ kind: "project" as const, text: "{{body}}\n{{logs}}" }),
);

describe("laws of the body", () => {
  it("bounded, ours alone in its markers, equal from equal input, and a destination would not change it", () => {
    fc.assert(
      fc.property(anySummary, anyTemplate, fc.boolean(), (summary, template, isReady) => {
        const input = inputOf({ template, summary: given({ ...summary, ...(isReady && ready) }) });
        const { renderedBody, suggestedTitle } = previewIssueDraft(input);
        expect(byteLength(renderedBody)).toBeLessThanOrEqual(issueDraftByteLimit - 500);
        expect(suggestedTitle.length).toBeLessThanOrEqual(240);
        expect(renderedBody.endsWith(`\n<!-- tandem:fingerprint:v1:${fingerprintMarker} -->`)).toBe(true);
        const said = visible(renderedBody);
        expect(said).not.toMatch(/<!--|-->|tandem:[a-z_]+:v\d/i);
        const outsideCode = said.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, "");
        expect(outsideCode).not.toMatch(triggers);
        expect(neutraliseMarkdown(said)).toBe(said);
        expect(previewIssueDraft(input).renderedBody).toBe(renderedBody);
      }),
      { numRuns: 150 },
    );
  });
});
