import type { DeliveryEnvelope, PayloadSubject } from "@/lib/domain/payload";
import { hashParts } from "./hash-parts";

/** What an issue of ours says of itself, out of sight: three hashes, never a value somebody reported (W-07). */
export type IssueMarkers = { fingerprint?: string; evidence?: string; delivery?: string };

const markerKinds = ["fingerprint", "evidence", "delivery"] as const;
const digestForm = /^[0-9a-f]{64}$/;
const markerLine = /^<!-- tandem:(fingerprint|evidence|delivery):v1:([0-9a-f]{64}) -->$/;

/** Room that a delivery's marker takes, kept free when content is rendered: newline, marker. */
export const deliveryMarkerBytes = Buffer.byteLength(`\n${formatMarker("delivery", "0".repeat(64))}`);

type MarkedDraft = Pick<
  PayloadSubject["draft"],
  "projectId" | "logSourceId" | "source" | "repo" | "fingerprint"
>;

/**
 * Project, source, repository and fingerprint as one hash: equal fingerprints of different systems are different failures, and
 * nothing of what a client chose can be read or written in a marker.
 */
export function fingerprintMarker({ draft }: { draft: MarkedDraft }): string {
  const source = draft.logSourceId ?? draft.source ?? "";
  return hashParts("issue-fingerprint-1", draft.projectId ?? "", source, draft.repo, draft.fingerprint);
}

export const evidenceMarker = ({ draft }: PayloadSubject): string => digestOf(draft.evidenceDigest);

/** The delivery's own marker: what finds its effect again after a lost reply. */
export const deliveryMarker = (idempotencyKey: string): string => digestOf(idempotencyKey);

/** Keys and digests of ours are hashes already; anything else becomes one. */
function digestOf(value: string): string {
  return digestForm.test(value) ? value : hashParts(value);
}

export function formatMarker(kind: keyof IssueMarkers, digest: string): string {
  return `<!-- tandem:${kind}:v1:${digest} -->`;
}

/** The text with these markers as its last lines. */
export function appendMarkers(text: string, markers: IssueMarkers): string {
  const lines = markerKinds.flatMap((kind) => {
    const digest = markers[kind];
    return digest ? [formatMarker(kind, digest)] : [];
  });
  return lines.length === 0 ? text : `${text}\n\n${lines.join("\n")}`;
}

/** A body or comment that ends in markers already, with the delivery's marker below them. */
export function addDeliveryMarker(text: string, envelope: Pick<DeliveryEnvelope, "idempotencyKey">): string {
  return `${text}\n${formatMarker("delivery", deliveryMarker(envelope.idempotencyKey))}`;
}

/**
 * The markers a body ends with. Only whole lines at the very end count, one exact spelling, and the lowest of a kind: text
 * further up may quote anything.
 */
export function parseMarkers(body: string | null | undefined): IssueMarkers {
  const found: IssueMarkers = {};
  const lines = (body ?? "").trimEnd().split(/\r?\n/).slice(-20).reverse();
  for (const line of lines) {
    const [, kind, digest] = markerLine.exec(line) ?? [];
    if (!kind || !digest) break;
    found[kind as keyof IssueMarkers] ??= digest;
  }
  return found;
}

/*
 * A server that reads issues for language models may cut a body at the first `<` and leave out HTML comments. Where issues are
 * read that way the markers come first as well, as link definitions that Markdown never shows: nothing reported stands
 * above them.
 */
const leadLine = /^\[tandem:(fingerprint|evidence|delivery):v1\]: #([0-9a-f]{64})$/;

export function formatLeadMarker(kind: keyof IssueMarkers, digest: string): string {
  return `[tandem:${kind}:v1]: #${digest}`;
}

/** Bytes that all three take before a text, with the empty line below them. */
export const leadMarkerBytes =
  markerKinds.reduce(
    (sum, kind) => sum + Buffer.byteLength(`${formatLeadMarker(kind, "0".repeat(64))}\n`),
    0,
  ) + 1;

/** The markers a body begins with: whole lines at the very top, the highest of a kind. */
export function parseLeadMarkers(body: string | null | undefined): IssueMarkers {
  const found: IssueMarkers = {};
  for (const line of (body ?? "").trimStart().split(/\r?\n/, 20)) {
    const [, kind, digest] = leadLine.exec(line.trimEnd()) ?? [];
    if (!kind || !digest) break;
    found[kind as keyof IssueMarkers] ??= digest;
  }
  return found;
}
