import type { Draft } from "@/lib/domain/records";
import { aDraftContent } from "./records";

const atMs = Date.UTC(2026, 5, 29, 11);

/** A whole draft, undecided and seen once; nothing of it is in a database. */
export const aDraft = (fields: Partial<Draft> = {}): Draft => ({
  draftId: "draft-1",
  incidentId: "incident-1",
  revision: 1,
  fingerprint: "fingerprint-1",
  approval: "not_required",
  triage: "none",
  issue: "none",
  held: false,
  provenance: "report",
  content: aDraftContent(),
  qualityGate: null,
  redactions: {},
  triageRunId: null,
  regressionOfId: null,
  matchedIssueNumber: null,
  matchedIssueState: null,
  createdAtMs: atMs,
  updatedAtMs: atMs,
  newestDelivery: null,
  occurrenceCount: 1,
  firstSeenAtMs: atMs,
  lastSeenAtMs: atMs,
  identity: [],
  fingerprintVersion: 1,
  workspaceRoot: "",
  approvalGrantedAtMs: null,
  ...fields,
});
