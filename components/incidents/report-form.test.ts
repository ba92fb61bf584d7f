import { describe, expect, it } from "vitest";
import { emptyReport, formFieldFor, reportFormSchema, submissionOf } from "./report-form";

describe("submissionOf", () => {
  it("sends only what was filled in", () => {
    expect(submissionOf({ ...emptyReport, title: " Boom " })).toEqual({ title: "Boom" });
  });

  it("splits lines and links, keeps indentation, drops blank rows", () => {
    const form = { ...emptyReport, title: "Boom", excerpt: "a\n\n  at b \n", links: " https://x \n" };
    expect(submissionOf(form)).toMatchObject({ excerpt: ["a", "  at b"], evidence_refs: ["https://x"] });
  });
});

it.each([
  ["a blank title", { title: "  " }, "title"],
  ["51 evidence lines", { title: "x", excerpt: "l\n".repeat(51) }, "excerpt"],
  ["a link too long", { title: "x", links: "l".repeat(2_001) }, "links"],
])("refuses %s", (_case, change, field) => {
  const answer = reportFormSchema.safeParse({ ...emptyReport, ...change });
  expect(answer.error?.issues.map((issue) => issue.path[0])).toEqual([field]);
});

it.each([
  ["report.excerpt.3", "excerpt"],
  ["risk_level", "risk"],
  ["report.repo", undefined],
  [undefined, undefined],
])("%s is the field %s", (path, field) => {
  expect(formFieldFor(path)).toBe(field);
});
