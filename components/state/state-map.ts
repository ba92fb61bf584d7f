import type { Tone } from "@/components/ui/tone";
import type { GlyphName } from "./glyphs";

export type StateLook = { word: string; tone: Tone; glyph: GlyphName };

/** Every state the screens name: its word, its tone and its place before, in or behind the gate. The one map. */
export const states = {
  approvalDue: { word: "Approval due", tone: "needs", glyph: "required" },
  approved: { word: "Approved", tone: "passed", glyph: "granted" },
  reviewDue: { word: "Review due", tone: "needs", glyph: "required" },
  reviewOverdue: { word: "Overdue", tone: "failed", glyph: "expired" },
  denied: { word: "Denied", tone: "failed", glyph: "denied" },
  approvalVoided: { word: "Approval voided", tone: "void", glyph: "voided" },
  approvalExpired: { word: "Approval expired", tone: "void", glyph: "expired" },
  noApproval: { word: "No approval needed", tone: "idle", glyph: "open" },

  notTriaged: { word: "Not triaged", tone: "idle", glyph: "queued" },
  triageQueued: { word: "Triage queued", tone: "idle", glyph: "queued" },
  triageRunning: { word: "Triage running", tone: "active", glyph: "running" },
  triaged: { word: "Triaged", tone: "passed", glyph: "ready" },
  triageBlocked: { word: "Triage blocked", tone: "failed", glyph: "blocked" },
  triageTimedOut: { word: "Triage timed out", tone: "waiting", glyph: "running" },
  triageFailed: { word: "Triage failed", tone: "failed", glyph: "denied" },

  noIssue: { word: "No issue yet", tone: "idle", glyph: "queued" },
  ready: { word: "Ready", tone: "idle", glyph: "ready" },
  issueBlocked: { word: "Issue blocked", tone: "failed", glyph: "blocked" },
  held: { word: "Held", tone: "idle", glyph: "ready" },

  due: { word: "Due", tone: "active", glyph: "sending" },
  sending: { word: "Sending", tone: "active", glyph: "sending" },
  retrying: { word: "Retrying", tone: "waiting", glyph: "retrying" },
  published: { word: "Published", tone: "passed", glyph: "published" },
  deliveryFailed: { word: "Delivery failed", tone: "failed", glyph: "failed" },
  ambiguous: { word: "Ambiguous", tone: "ambiguous", glyph: "ambiguous" },
  blocked: { word: "Blocked", tone: "failed", glyph: "blocked" },
  cancelled: { word: "Cancelled", tone: "void", glyph: "cancelled" },

  destinationReady: { word: "Ready", tone: "passed", glyph: "open" },
  notReady: { word: "Not ready", tone: "failed", glyph: "blocked" },
  degraded: { word: "Degraded", tone: "waiting", glyph: "degraded" },
  disabled: { word: "Disabled", tone: "void", glyph: "cancelled" },

  reading: { word: "Reading", tone: "passed", glyph: "open" },
  behind: { word: "Behind", tone: "active", glyph: "running" },
  silent: { word: "Silent", tone: "waiting", glyph: "expired" },
  settingAside: { word: "Setting aside", tone: "waiting", glyph: "degraded" },
  unreadable: { word: "Not readable", tone: "failed", glyph: "blocked" },
  keyEnding: { word: "Ends soon", tone: "waiting", glyph: "expired" },
  keyEnded: { word: "Expired", tone: "failed", glyph: "blocked" },
  neverRead: { word: "Not read yet", tone: "idle", glyph: "queued" },
  notReading: { word: "Not reading", tone: "void", glyph: "cancelled" },
} as const satisfies Record<string, StateLook>;

export type StateName = keyof typeof states;

/** The values of each facet as they stand on the wire, and the state each one shows as. */
const facets = {
  approval: {
    not_required: "noApproval",
    required: "approvalDue",
    granted: "approved",
    denied: "denied",
    voided: "approvalVoided",
    expired: "approvalExpired",
  },
  triage: {
    none: "notTriaged",
    queued: "triageQueued",
    running: "triageRunning",
    ready: "triaged",
    blocked: "triageBlocked",
    timed_out: "triageTimedOut",
    failed: "triageFailed",
  },
  issue: { none: "noIssue", ready: "ready", blocked: "issueBlocked" },
  delivery: {
    due: "due",
    sending: "sending",
    retrying: "retrying",
    published: "published",
    failed: "deliveryFailed",
    ambiguous: "ambiguous",
    blocked: "blocked",
    cancelled: "cancelled",
  },
  readiness: {
    ready: "destinationReady",
    degraded: "degraded",
    not_ready: "notReady",
    disabled: "disabled",
  },
  source: {
    stopped: "notReading",
    waiting: "neverRead",
    unreadable: "unreadable",
    quarantining: "settingAside",
    silent: "silent",
    behind: "behind",
    healthy: "reading",
  },
} as const satisfies Record<string, Record<string, StateName>>;

export type Facet = keyof typeof facets;

/** The look of a state. */
export function lookOf(state: StateName): StateLook {
  return states[state];
}

/** The state a facet's value shows as; `undefined` for a value this screen does not know, which must then be shown as it is. */
export function stateOf(facet: Facet, value: string): StateName | undefined {
  const values: Record<string, StateName> = facets[facet];
  return Object.hasOwn(values, value) ? values[value] : undefined;
}

/** The look of a facet's value. An unknown value keeps its own word and claims nothing by tone. */
export function lookOfFacet(facet: Facet, value: string): StateLook {
  const state = stateOf(facet, value);
  if (state) return states[state];
  const word = value.replaceAll("_", " ").trim() || "unknown";
  return { word: word.charAt(0).toUpperCase() + word.slice(1), tone: "void", glyph: "queued" };
}
