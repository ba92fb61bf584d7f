import { describe, expect, it } from "vitest";
import { samplePayloadSubject } from "@/e2e/fakes/sample-payload";
import { previewIssueDraft } from "@/lib/domain/issue-draft";
import { issueDraftToJson } from "@/lib/domain/issue-draft-json";
import { byteLength } from "@/lib/domain/issue-text";
import { readSummary } from "@/lib/domain/triage-summary";
import { agentOutputs, aTriageSubject, minimalSummary } from "@/lib/testing/triage-artifacts";
import { issueBodyByteLimit, issueContent } from "./issue-body";
import { addDeliveryMarker, fingerprintMarker, parseMarkers } from "./issue-markers";

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
