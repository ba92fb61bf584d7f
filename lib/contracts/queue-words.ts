/*
 * What the panel itself needs to know of the queue's query and of change events, without a validator: the browser loads
 * this on every page. The schemas beside it are made of the same words.
 */

/** Groups of the queue: what the panel's filter offers. */
export const draftQueueStates = [
  "open",
  "approval_due",
  "approved",
  "sending",
  "failed",
  "published",
  "denied",
  "held",
] as const;

/** The order of the list; what ranks alike is newest first. */
export const draftSorts = ["newest", "oldest", "risk", "occurrences"] as const;

export const severityWords = ["critical", "high", "medium", "low", "info"] as const;

/** What a change event is about. */
export const changeTopics = [
  "incident",
  "draft",
  "delivery",
  "config",
  "key",
  "access",
  "intake",
  "silence",
  "redaction",
  "retention",
  "break_glass",
  "triage",
  "log_source",
] as const;

const isoTime = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;
const atMsMax = 8_640_000_000_000_000;

/** Whole milliseconds since 1970, or an ISO 8601 date (UTC) or time with its zone; null for anything else. */
export function readTime(text: string): number | null {
  const atMs = /^\d{1,16}$/.test(text) ? Number(text) : isoTime.test(text) ? Date.parse(text) : Number.NaN;
  return atMs >= 0 && atMs <= atMsMax ? atMs : null;
}
