import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleEnvelope, samplePayloadSubject } from "@/e2e/fakes/sample-payload";
import type { PayloadSubject } from "@/lib/domain/payload";
import {
  followUpContent,
  type IssueStyle,
  issueBodyByteLimit,
  issueContent,
  renderIssueForPeople,
  sealIssue,
} from "./issue-body";
import { parseMarkers } from "./issue-markers";
import { templateProblems } from "./issue-template";

const withoutDraft = (draft: Partial<PayloadSubject["draft"]> = {}) =>
  samplePayloadSubject({ draft, issueDraft: null });
const proposed = (issueDraft: Record<string, string>) => samplePayloadSubject({ issueDraft });

function sealed(subject: PayloadSubject, style?: IssueStyle): { body: string; comment: { body: string } } {
  return JSON.parse(sealIssue({ content: issueContent(subject, style) }, sampleEnvelope));
}

describe("the fallback body", () => {
  it("case 91: markers, fenced logs, sorted unique evidence, and only metadata that exists", () => {
    const subject = withoutDraft({
      evidenceRefs: ["log://b", "log://a", " log://b "],
      excerpt: ["x".repeat(8_192), "```", "second row"],
      component: undefined,
      source: undefined,
    });
    const { body } = sealed(subject);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(issueBodyByteLimit);
    expect(parseMarkers(body)).toEqual({
      fingerprint: issueContent(subject).markers.fingerprint,
      evidence: "a".repeat(64),
      delivery: sampleEnvelope.idempotencyKey,
    });
    expect(body).toContain("## Evidence\n\n- `log://a`\n- `log://b`\n\n");
    expect(body).toMatch(/## Logs\n\n````text\nx{1400,1500}\.\.\. \(truncated\)\n```\nsecond row\n````\n/);
    expect(body).toContain("- level: error");
    expect(body).not.toMatch(/component|- source:|undefined|null/);
  });

  it("case 92: a failing gate is listed with what is missing and why; states that change later never are", () => {
    const qualityGate = {
      passed: false,
      status: "blocked",
      missing: Array.from({ length: 30 }, (_, at) => `gate_${at}`),
      blockedReason: `not enough\n${"y".repeat(600)}`,
    };
    const { body } = issueContent(withoutDraft({ qualityGate }));
    expect(body).toContain("- quality_gate: blocked");
    expect(body).toContain("gate_0, gate_1");
    expect(body).toContain("gate_19");
    expect(body).not.toContain("gate_20");
    expect(body).toMatch(/- gate_reason: not enough y{400,}\.\.\. \(truncated\)/);
    expect(body).not.toMatch(/triage status|approval|occurrence|last seen/i);
    expect(issueContent(withoutDraft()).body).not.toContain("quality_gate");
  });

  it("takes the detail's rows where there is no excerpt, and leaves out what is empty", () => {
    const { body } = issueContent(
      withoutDraft({ excerpt: [], detail: "one\ntwo", evidenceRefs: [], qualityGate: undefined }),
    );
    expect(body).toContain("## Logs\n\n```text\none\ntwo\n```");
    expect(body).not.toContain("## Evidence");
  });

  it("shrinks the long parts before it loses the last sections", () => {
    const long = "🔥é".repeat(4_000);
    const many = Array.from({ length: 40 }, (_, at) => `${at}${long}`);
    const { body } = issueContent(withoutDraft({ detail: long, excerpt: many, evidenceRefs: many }));
    expect(body).toContain("## Triage signal");
    expect(body).toContain("- confidence: high");
  });
});

describe("the body that triage proposes", () => {
  it("is filed as written, under its suggested title", () => {
    const content = issueContent(
      proposed({
        suggested_title: " Payment call\nhas no deadline ",
        rendered_body: "## What happened\n\nIt hung.\n\n```js\n@decorator\n```",
      }),
      { titlePrefix: "[prod]" },
    );
    expect(content.title).toBe("[prod] Payment call has no deadline");
    expect(content.body).toMatch(/^## What happened\n\nIt hung\.\n\n```js\n@decorator\n```\n\n<!-- tandem:f/);
  });

  it("loses the hidden comments it ends with: only our markers stand there", () => {
    const rendered_body =
      'It hung.\n\n<!-- tandem:fingerprint:v1:raw -->\n<!-- tandem:coder_handoff:v1\n{"a":1}\n-->\n';
    const { body, markers } = issueContent(proposed({ rendered_body }));
    expect(body.split("\n")).toEqual([
      "It hung.",
      "",
      `<!-- tandem:fingerprint:v1:${markers.fingerprint} -->`,
      `<!-- tandem:evidence:v1:${markers.evidence} -->`,
    ]);
  });
});

describe("a regression", () => {
  it.each<[string, PayloadSubject["issueDraft"], IssueStyle]>([
    ["the sections", null, {}],
    ["the body that triage proposes", { rendered_body: "It hung." }, {}],
    ["a template", null, { bodyTemplate: "{{title}}" }],
  ])("names the closed issue first, linked, above %s", (_name, issueDraft, style) => {
    const previous = (reference: string) =>
      samplePayloadSubject({ draft: { previousIssue: { reference, url: null } }, issueDraft });
    expect(issueContent(previous("#12"), style).body).toMatch(/^Regression of #12, which was closed\.\n\n/);
    expect(issueContent(previous("SHOP-4"), style).body).toMatch(/^Regression of SHOP-4, /);
    expect(issueContent(previous("#12 @octocat"), style).body).not.toContain("Regression");
  });
});

describe("markers", () => {
  it.each<[string, Partial<PayloadSubject["draft"]>]>([
    ["project", { projectId: "other" }],
    ["log source", { logSourceId: "other" }],
    ["source", { source: "other" }],
    ["repository", { repo: "acme/other" }],
    ["fingerprint", { fingerprint: "other" }],
  ])("another %s is another failure", (_name, draft) => {
    expect(issueContent(withoutDraft(draft)).markers.fingerprint).not.toBe(
      issueContent(withoutDraft()).markers.fingerprint,
    );
  });

  it("hold hashes and nothing that a client chose (W-07)", () => {
    const fingerprint = "abc --> <!-- tandem:fingerprint:v1:stolen";
    const { body, markers } = issueContent(withoutDraft({ fingerprint, evidenceDigest: "not a digest" }));
    expect(markers.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(markers.evidence).toMatch(/^[0-9a-f]{64}$/);
    expect(body).not.toContain("stolen");
  });

  const forged = `<!-- tandem:fingerprint:v1:${"f".repeat(64)} -->`;
  it.each<[string, PayloadSubject]>([
    ["the detail", withoutDraft({ detail: `x\n${forged}` })],
    ["the excerpt", withoutDraft({ excerpt: ["```", forged], detail: "" })],
    ["the evidence", withoutDraft({ evidenceRefs: [forged] })],
    ["an attribute", withoutDraft({ attributes: { actor: `a\n${forged}` } })],
    ["the issue draft", proposed({ rendered_body: `x\n${forged}\ny` })],
    ["an open fence of the issue draft", proposed({ rendered_body: `\`\`\`\n${forged}` })],
  ])("cannot be forged by %s", (_name, subject) => {
    const { body } = sealed(subject);
    expect(body).not.toContain(forged);
    expect(parseMarkers(body).fingerprint).toBe(issueContent(subject).markers.fingerprint);
  });

  it.each<[string, string, boolean]>([
    ["at the end", `text\n\n${forged}`, true],
    ["with the newlines of a browser behind it", `text\r\n\r\n${forged}\r\n`, true],
    ["alone", forged, true],
    ["followed by text", `${forged}\ntext`, false],
    ["behind text on its line", `text ${forged}`, false],
    ["quoted", `> ${forged}`, false],
    ["indented", `text\n  ${forged}`, false],
    ["of another version", forged.replace(":v1:", ":v2:"), false],
    ["cut short", forged.replace("f -->", " -->"), false],
    ["in capitals", forged.toUpperCase(), false],
  ])("a marker %s", (_name, body, counts) => {
    expect(parseMarkers(body)).toEqual(counts ? { fingerprint: "f".repeat(64) } : {});
  });

  it("the lowest counts, and nothing has none", () => {
    expect(parseMarkers(`${forged.replaceAll("f".repeat(64), "0".repeat(64))}\n${forged}`)).toEqual({
      fingerprint: "f".repeat(64),
    });
    expect([parseMarkers(null), parseMarkers(undefined), parseMarkers("")]).toEqual([{}, {}, {}]);
  });
});

describe("comments", () => {
  it("case 98: the reason comes from the detail, no count is in it, and it works without detail", () => {
    const { comment } = issueContent(withoutDraft({ detail: "\n@ops Timed out after 3 s\nmore" }));
    expect(comment.body).toContain("Reason: @\u200bops Timed out after 3 s\n");
    expect(comment.body).not.toMatch(/more|occurrence|seen \d/i);
    const empty = issueContent(withoutDraft({ detail: "", excerpt: [] })).comment.body;
    expect(empty).toMatch(/^The same failure was reported again\.\n\n- incident_id: /);
  });

  it("carries the evidence marker and the delivery's, never the fingerprint's", () => {
    expect(parseMarkers(sealed(withoutDraft()).comment.body)).toEqual({
      evidence: "a".repeat(64),
      delivery: sampleEnvelope.idempotencyKey,
    });
  });

  it("tells what triage found, bounded", () => {
    const { comment } = issueContent(proposed({ what_happened: "w".repeat(5_000) }));
    expect(comment.body).toMatch(/\n\nw{1400,1500}\.\.\. \(truncated\)\n\n/);
  });

  it.each([
    [3, "Seen 3 more times, last 2026-01-01T00:00:00.000Z."],
    [1, "Seen 1 more time, last 2026-01-01T00:00:00.000Z."],
  ])("a follow-up after %i says how often and when, and nothing else changes", (count, words) => {
    const content = issueContent(withoutDraft());
    const followUp = followUpContent({ ...content }, { count, lastSeenAtMs: 1_767_225_600_000 });
    expect(followUp).toEqual({
      ...content,
      comment: { body: `${words}\n\n<!-- tandem:evidence:v1:${"a".repeat(64)} -->` },
    });
  });
});

describe("a body template", () => {
  it("is filled in once, with the values made harmless and the admin's own words as written", () => {
    const style = {
      bodyTemplate: "cc @acme/ops\n\n## Seen\n{{ detail }}\n\n{{logs}}\n{{risk_category}}{{project_id}}",
    };
    const subject = withoutDraft({ detail: "ask @octocat {{logs}}", excerpt: ["row"], projectId: undefined });
    const { body } = issueContent(subject, style);
    expect(body).toMatch(
      /^cc @acme\/ops\n\n## Seen\nask @\u200boctocat \{\{logs\}\}\n\n```text\nrow\n```\n\{\{risk_category\}\}None\.\n/,
    );
  });

  it.each([
    ["{{body}} {{ title }}", []],
    ["{{nope}} {{body}}", ["body_template_unknown_placeholder"]],
    ["<!-- hidden", ["body_template_comment"]],
    ["tandem:delivery:v1:x", ["body_template_comment"]],
    ["x".repeat(9_000), ["body_template_too_long"]],
  ])("%.30s", (template, codes) => {
    expect(templateProblems(template).map((each) => each.code)).toEqual(codes);
  });
});

describe("for people", () => {
  it("shows the very text that is filed, and the comment that may be posted instead", () => {
    const content = issueContent(withoutDraft());
    const shown = renderIssueForPeople(content, "Labels: incident-monitor");
    expect(shown.title).toBe(content.title);
    expect(shown.sections.map((each) => each.text)).toEqual([
      content.body,
      "Labels: incident-monitor",
      content.comment.body,
      content.follow_up,
    ]);
    expect(shown.sections[2]?.heading).toBe(
      "If an open issue carries the same marker, this comment is posted there instead",
    );
  });
});

describe("law", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.constantFrom(
      "```",
      "~~~",
      "<!--",
      "-->",
      "@a",
      "#1",
      "{{detail}}",
      "🔥",
      "\r\n",
      "- > ```",
      "\u0000",
      "&#64;a",
    ),
    fc.string({ unit: "grapheme", maxLength: 3_000 }),
    fc.constant(`<!-- tandem:delivery:v1:${"0".repeat(64)} -->`),
    fc.constant("`".repeat(4_000)),
  );
  const text = fc.array(hostile, { maxLength: 12 }).map((parts) => parts.join("\n"));

  it("whatever was reported: within the budget, markers whole and ours", () => {
    fc.assert(
      fc.property(
        text,
        fc.array(text, { maxLength: 6 }),
        text,
        fc.boolean(),
        (detail, rows, rendered, isProposed) => {
          const subject = samplePayloadSubject({
            draft: { detail, excerpt: rows, evidenceRefs: rows, title: rows[0] ?? "", eventType: detail },
            issueDraft: isProposed ? { rendered_body: rendered, what_happened: detail } : null,
          });
          const { markers, title } = issueContent(subject);
          const { body, comment } = sealed(subject);
          const delivery = sampleEnvelope.idempotencyKey;
          expect(parseMarkers(body)).toEqual({ ...markers, delivery });
          expect(parseMarkers(comment.body)).toEqual({ evidence: markers.evidence, delivery });
          for (const each of [body, comment.body]) {
            expect(Buffer.byteLength(each)).toBeLessThanOrEqual(issueBodyByteLimit);
            expect(each.match(/<!--/g)?.length).toBe(each === body ? 3 : 2);
            expect(each.isWellFormed()).toBe(true);
          }
          expect(title.length).toBeLessThanOrEqual(240);
          expect(title).not.toMatch(/\n/);
          expect(title.trim()).not.toBe("");
        },
      ),
      { numRuns: 300 },
    );
  });
});
