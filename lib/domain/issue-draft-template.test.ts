import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readIssueTemplate } from "./issue-draft-template";

const github = `---
name: Bug report
about: Create a report to help us improve
title: '[BUG] '
labels: bug, needs triage
assignees: octocat, -bad, "a b"
---

**Describe the bug**
A clear and concise description of what the bug is.

**To Reproduce**
Steps to reproduce the behavior:
1. Go to '...'

**Expected behavior**
A clear and concise description.

**Screenshots**
If applicable.

**Desktop (please complete the following information):**
 - OS: [e.g. iOS]

**Smartphone (please complete the following information):**
 - Device

**Additional context**
Add any other context.
`;

describe("a repository's template", () => {
  it("GitHub's own form: front matter and headings in bold", () => {
    const template = readIssueTemplate(github);
    expect(template).toMatchObject({
      titlePrefix: "[BUG]",
      labels: ["bug", "needs triage"],
      assignees: ["octocat"],
    });
    expect(template.headings).toEqual([
      { line: "**Describe the bug**", section: "what_happened" },
      { line: "**To Reproduce**", section: "steps_to_reproduce" },
      { line: "**Expected behavior**", section: "expected_behavior" },
      { line: "**Screenshots**", section: "logs" },
      { line: "**Desktop (please complete the following information):**", section: "environment" },
      { line: "**Smartphone (please complete the following information):**", section: null },
      { line: "**Additional context**", section: "notes" },
    ]);
  });

  it("headings with hashes, lists in brackets and in rows; Windows newlines", () => {
    const text =
      '---\r\ntitle: "Bug: "\r\nlabels: ["bug", \'p1\']\r\nassignees:\r\n  - ada\r\n  - grace\r\n---\r\n## Summary ##\r\n### Actual\r\n# Root cause\r\n';
    expect(readIssueTemplate(text)).toEqual({
      titlePrefix: "Bug:",
      labels: ["bug", "p1"],
      assignees: ["ada", "grace"],
      headings: [
        { line: "## Summary", section: "what_happened" },
        { line: "### Actual", section: null },
        { line: "# Root cause", section: "root_cause" },
      ],
    });
  });

  it.each([
    ["Steps to reproduce the bug", "steps_to_reproduce"],
    ["What did you expect?", "expected_behavior"],
    ["What happened?", "what_happened"],
    ["Possible fix", "recommended_fix"],
    ["Acceptance criteria", "acceptance_criteria"],
    ["How to test", "verification_steps"],
    ["Relevant log output", "logs"],
    ["Version", "environment"],
    ["Related issues", "related"],
    ["Affected component", "components"],
    ["Checklist", null],
    ["Code of Conduct", null],
  ])("%s asks for %s", (heading, section) => {
    expect(readIssueTemplate(`## ${heading}`).headings).toEqual([{ line: `## ${heading}`, section }]);
  });

  it.each([
    ["nothing", ""],
    ["no front matter", "hello"],
    ["front matter without an end", "---\ntitle: x\n"],
    ["headings in comments", "<!--\n## Hidden\n-->"],
    ["a comment without an end", "<!-- \n## Hidden"],
    ["headings in code", "```\n## Code\n```"],
  ])("%s has no headings and no prefix", (_name, text) => {
    expect(readIssueTemplate(text)).toMatchObject({ titlePrefix: "", headings: [] });
  });

  it("hostile headings and names are only words", () => {
    const { headings, labels, titlePrefix } = readIssueTemplate(
      `---\ntitle: "${"x".repeat(300)}"\nlabels: "${"l".repeat(80)}"\n---\n## Ask @octocat about #12 <!-- tandem:delivery:v1:x\n`,
    );
    expect(headings[0]?.line ?? "").not.toMatch(/@octocat|#12|<!--|tandem:d/);
    expect(titlePrefix).toHaveLength(60);
    expect(labels).toEqual(["l".repeat(50)]);
  });

  it("a line of nothing but marks and spaces costs nothing", () => {
    const lines = [`# ${" ".repeat(30_000)}x`, `## ${"# ".repeat(15_000)}`, `**${"a".repeat(390)}`];
    expect(readIssueTemplate(lines.join("\n")).headings).toEqual([]);
  });

  it("law: bounded and total, whatever the file holds", () => {
    const pieces = fc.constantFrom(
      "---",
      "title: x",
      "labels: [a, b]",
      "- a",
      "## Steps",
      "**Bug**",
      "```",
      "<!--",
      "-->",
      "",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: "binary" })), { maxLength: 120 }), (lines) => {
        const template = readIssueTemplate(lines.join("\n"));
        expect(template.headings.length).toBeLessThanOrEqual(30);
        const sections = template.headings.flatMap(({ section }) => section ?? []);
        expect(new Set(sections).size).toBe(sections.length);
        expect(template.titlePrefix.length).toBeLessThanOrEqual(60);
        expect(template.labels.length + template.assignees.length).toBeLessThanOrEqual(30);
      }),
    );
  });
});
