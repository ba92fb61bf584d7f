import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { issueDraftPlaceholders, issueSections } from "./issue-draft-template";
import {
  builtInTemplate,
  chooseIssueTemplate,
  placeholderGuide,
  placesEvidence,
  projectTemplateProblems,
  templateOfRepository,
} from "./project-template";

describe("what may be saved", () => {
  it.each([
    ["{{body}} {{files}}", []],
    ["{{ what_happened }}", []],
    ["{{bdy}}", ["issue_template_unknown_placeholder"]],
    ["{{body}} <!-- x -->", ["issue_template_comment"]],
    ["{{body}} tandem:fingerprint:v1:x", ["issue_template_comment"]],
    [`{{body}}${"x".repeat(8_000)}`, ["issue_template_too_long"]],
    ["**Describe the bug**", ["issue_template_without_content"]],
    ["{{title}} {{risk_level}}", ["issue_template_without_content"]],
  ])("%.40s", (text, codes) => {
    expect(projectTemplateProblems(text).map(({ code }) => code)).toEqual(codes);
  });

  it("costs no more than its length", () => {
    const spaces = `{{${" ".repeat(7_000)}x`;
    expect(projectTemplateProblems(`{{body}}${spaces}`)).toEqual([]);
    expect(projectTemplateProblems("{".repeat(8_000))).toHaveLength(1);
    expect(placesEvidence(spaces)).toBe(false);
  });

  it("names the field, what is wrong and what may be named", () => {
    expect(projectTemplateProblems("{{bdy}} {{body}}")).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/^issue_template names \{\{bdy\}\}: it may name only body, /),
      }),
    ]);
  });
});

describe("which form is followed", () => {
  const file = { kind: "repository", path: ".github/ISSUE_TEMPLATE.md", text: "## Bug" } as const;
  const own = { kind: "project", text: "{{body}}" } as const;
  it.each([
    ["the project's before the repository's", own, file, own],
    ["the repository's where the project has none", null, file, file],
    ["a blank one is none", { kind: "project", text: " \n" } as const, file, file],
    ["the built-in form else", null, null, null],
  ])("%s", (_, given, repository, expected) => {
    expect(chooseIssueTemplate(given, repository)).toEqual(expected);
  });
});

describe("what to start from", () => {
  it("the built-in form names every section once and can be saved", () => {
    const text = builtInTemplate();
    expect([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name)).toEqual([...issueSections]);
    expect(projectTemplateProblems(text)).toEqual([]);
    expect(placesEvidence(text)).toBe(true);
  });

  it("the repository's headings in its order, with what goes under them, then the rest", () => {
    const text = templateOfRepository("---\ntitle: x\n---\n**To Reproduce**\n1. Go\n\n## Screens\n");
    expect(text.startsWith("**To Reproduce**\n\n{{steps_to_reproduce}}\n\n## Screens\n\nNot known.")).toBe(
      true,
    );
    expect(text).toContain("## What happened\n\n{{what_happened}}");
    expect(text.match(/\{\{steps_to_reproduce\}\}/g)).toHaveLength(1);
  });

  it("whatever the file says, what comes of it can be saved", () => {
    const pieces = fc.constantFrom(
      "## ",
      "{{",
      "}}",
      "body",
      "<!--",
      "-->",
      "tandem:fingerprint:v1:",
      "\n",
      "a",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        expect(projectTemplateProblems(templateOfRepository(parts.join("")))).toEqual([]);
      }),
    );
  });

  it("says of every placeholder what it is", () => {
    expect(placeholderGuide.map(({ name }) => name)).toEqual([...issueDraftPlaceholders]);
    expect(placeholderGuide.every(({ words }) => words.length > 3)).toBe(true);
  });
});
