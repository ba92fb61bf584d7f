import { durationWords } from "@/components/layout/format-time";
import type { DraftClaimWire } from "@/lib/contracts/draft";

/** The claim as far as it holds by the reader's clock; before that is known, as it was read. */
export function claimNow(claim: DraftClaimWire | undefined, nowMs: number | null): DraftClaimWire | null {
  if (!claim || (nowMs !== null && claim.until_ms <= nowMs)) return null;
  return claim;
}

/** "Ada is on this, 3 min"; "You are on this, just now". */
export function claimWords(
  { by, since_ms }: DraftClaimWire,
  nowMs: number | null,
  myId: string | undefined,
): string {
  const who = by.id === myId ? "You are" : `${by.name} is`;
  if (nowMs === null) return `${who} on this`;
  const span = nowMs - since_ms;
  return `${who} on this, ${span < 60_000 ? "just now" : durationWords(span)}`;
}
