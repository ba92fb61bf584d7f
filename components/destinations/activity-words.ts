import type { DestinationActivityWire } from "@/lib/contracts/destination-activity";

/** "98 % of 240 attempts accepted", "the one attempt failed". */
export function rateWords({ attempts, published }: DestinationActivityWire): string {
  if (attempts === 0) return "no attempts in this span";
  if (attempts === 1) return `the one attempt ${published === 1 ? "was accepted" : "failed"}`;
  // Rounded down: one that failed in a thousand is not a hundred per cent.
  const share = Math.floor((published / attempts) * 1_000) / 10;
  return `${share.toLocaleString("en-GB")} % of ${attempts.toLocaleString("en-GB")} attempts accepted`;
}

export function spanWord(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

export function waitingWords({ waiting }: DestinationActivityWire): string {
  const parts = [
    waiting.due > 0 ? `${waiting.due} due` : null,
    waiting.sending > 0 ? `${waiting.sending} being sent` : null,
    waiting.retrying > 0 ? `${waiting.retrying} for another try` : null,
    waiting.ambiguous > 0 ? `${waiting.ambiguous} without an answer` : null,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : "nothing";
}
