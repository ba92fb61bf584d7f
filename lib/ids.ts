import { randomBytes, randomUUID } from "node:crypto";

/** Record ids in the reference's conventions (contract 5.16): opaque, slash-free, 32 hex digits after the prefix. */
const hex = () => randomUUID().replaceAll("-", "");

/** Opens with its time, as UUID version 7 does: rows that are written by the thousand stay together in their index. */
const orderedHex = () => Date.now().toString(16).padStart(12, "0") + hex().slice(12);

export const newId = {
  incident: () => `failure-incident-${hex()}`,
  draft: () => `failure-draft-${hex()}`,
  post: () => `failure-post-${hex()}`,
  occurrence: () => `occurrence-${orderedHex()}`,
  intakeKey: () => `intake-key-${hex()}`,
  delivery: () => `bmwh_${hex()}`,
  approval: () => `approval-${hex()}`,
  breakGlass: () => `break-glass-${hex()}`,
  snapshot: () => `payload-${hex()}`,
  audit: () => `audit-${hex()}`,
  ledger: () => `incident-monitor.ledger/${hex()}`,
  witnessPosting: () => `witness-posting-${hex()}`,
  reception: () => `test-reception-${hex()}`,
  notification: () => `notification-${hex()}`,
  notificationLink: () => `notification-link-${hex()}`,
  evidence: () => `evidence-${hex()}`,
  triageRun: () => `triage-run-${hex()}`,
  quarantined: () => `quarantined-${orderedHex()}`,
  silence: () => `silence-${hex()}`,
  silenceHold: () => `silence-hold-${hex()}`,
  shadowDecision: () => `shadow-decision-${hex()}`,
  retentionHold: () => `retention-hold-${hex()}`,
  redactionRun: () => `redaction-run-${hex()}`,
  retentionRun: () => `retention-run-${hex()}`,
  merge: () => `merge-${hex()}`,
  groupingRule: () => `grouping-rule-${hex()}`,
  revision: () => `config-revision-${hex()}`,
  assessmentReport: () => `assessment-report-${orderedHex()}`,
  attestation: () => `attestation-${hex()}`,
  probeRun: () => `probe-run-${orderedHex()}`,
  reassessmentTrigger: () => `reassessment-trigger-${orderedHex()}`,
  savedView: () => `saved-view-${hex()}`,
  scenarioRun: () => `scenario-run-${hex()}`,
  user: () => `user-${hex()}`,
  session: () => `session-${hex()}`,
  token: () => `token-${hex()}`,
  passwordReset: () => `password-reset-${hex()}`,
  accessLink: () => `access-link-${hex()}`,
  invitation: () => `invitation-${hex()}`,
  request: () => `req-${hex()}`,
};

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** `length` characters of base 62 with no modulo bias. */
export function randomBase62(length: number): string {
  let out = "";
  while (out.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && out.length < length) out += base62[byte % 62];
    }
  }
  return out;
}

/** A raw scoped intake key, shown once: scannable prefix and 64 hex digits (contract 4.17). */
export const newRawIntakeKey = () => `tim_intake_${randomBytes(32).toString("hex")}`;

/** A raw API token, shown once. */
export const newRawToken = () => `tim_token_${randomBase62(48)}`;
