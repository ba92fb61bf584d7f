import type { Exchange } from "./delivery";
import type { Reason } from "./reason";

/** An issue at a tracker (GitHub, Linear), as far as publishing needs to know it. */
export type FoundIssue = {
  /** What the tracker calls it: `12` at GitHub, a UUID at Linear. */
  externalId: string;
  /** What people call it: `#12`, `SHOP-4`. */
  reference: string;
  url: string | null;
  title: string;
  state: "open" | "closed";
  createdAtMs: number | null;
};

/**
 * What looking for a payload's own markers came to. Only a whole marker counts as a match (W-07); an equal title is a
 * suggestion for the reviewer and never acted on.
 */
export type FindOutcome =
  | {
      outcome: "found";
      /** Issues with the fingerprint's marker: open ones first, then the newest. */
      matches: FoundIssue[];
      suggestions: FoundIssue[];
      /** The effect of this very delivery, by its key: it happened already, whatever was answered. */
      ownEffect: { issue: FoundIssue; commentId: string | null; commentUrl: string | null } | null;
    }
  | { outcome: "absent"; suggestions: FoundIssue[] }
  /** `refused`: asking again changes nothing before a person does (a wrong key, a repository that is gone). */
  | { outcome: "unknown"; reason: Reason; refused?: boolean; retryAfterMs?: number; exchange?: Exchange };

export type LookOutcome =
  | { outcome: "there"; issue: FoundIssue }
  | { outcome: "gone" }
  | { outcome: "unknown"; reason: Reason; refused?: boolean; retryAfterMs?: number };
