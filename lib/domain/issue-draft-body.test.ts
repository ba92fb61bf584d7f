import fc from "fast-check";
import { expect, it } from "vitest";
import { aTriageSubject, minimalSummary } from "@/lib/testing/triage-artifacts";
import { previewIssueDraft } from "./issue-draft";
import { issueDraftByteLimit } from "./issue-draft-body";
import { byteLength, neutraliseMarkdown } from "./issue-text";
import { readSummary } from "./triage-summary";

const fingerprintMarker = "c0ffee".padEnd(64, "0");
const text = fc.string({ unit: "grapheme", maxLength: 200 });

it("whatever a project's template says: bounded, the evidence shown, and markers that are ours alone", () => {
  const pieces = fc.constantFrom(
    ...[
      "```",
      "~~~~",
      "{{body}}",
      "{{evidence}}",
      "{{logs}}",
      "{{",
      "}}",
      "\n",
      "    ",
      "> ",
      "# ",
      "<!--",
      "-->",
    ],
    ...["tandem:fingerprint:v1:x", "@all", "#1", "x".repeat(900), "é", "\u202e"],
  );
  const anyText = fc.oneof(
    fc.array(pieces, { maxLength: 40 }).map((each) => each.join("")),
    text,
  );
  fc.assert(
    fc.property(text, anyText, (whatHappened, template) => {
      const { summary } = readSummary({ ...minimalSummary(), whatHappened, logs: [whatHappened] });
      const { renderedBody } = previewIssueDraft({
        ...{ subject: aTriageSubject(), triageRunId: "automation-v2-run-1", outputs: {}, similar: [] },
        ...{ summary, fingerprintMarker, createdAtMs: 5_000, template: { kind: "project", text: template } },
      });
      expect(byteLength(renderedBody)).toBeLessThanOrEqual(issueDraftByteLimit - 500);
      expect(renderedBody.endsWith(`\n<!-- tandem:fingerprint:v1:${fingerprintMarker} -->`)).toBe(true);
      const said = renderedBody.replace(/(?:\n*<!-- tandem:[^\n]+ -->)+$/, "");
      expect(said).not.toMatch(/<!--|-->|tandem:[a-z_]+:v\d/i);
      expect(said).toContain("- `tandem://incident-monitor/shop/logs/app#offset=10-90`");
      expect(neutraliseMarkdown(said)).toBe(said);
    }),
    { numRuns: 60 },
  );
});
