import type { ApiTokenWire } from "@/lib/contracts/access";

const dayMs = 86_400_000;
const unusedAfterMs = 90 * dayMs;
const endsSoonMs = 14 * dayMs;

export type TokenStanding = {
  state: "works" | "ending" | "expired" | "disabled";
  /** Nobody has used it for 90 days. */
  isUnused: boolean;
  /** It ends within a fortnight and nothing takes its place. */
  endsSoon: boolean;
  successor: ApiTokenWire | undefined;
};

/** What can be said of a token among the others, at a moment. */
export function tokenStanding(
  token: ApiTokenWire,
  all: readonly ApiTokenWire[],
  nowMs: number,
): TokenStanding {
  const successor = all.find((other) => other.rotated_from_id === token.token_id);
  const endsMs = token.expires_at_ms;
  const expired = endsMs !== undefined && nowMs >= endsMs;
  const state =
    token.disabled_at_ms !== undefined ? "disabled" : expired ? "expired" : successor ? "ending" : "works";
  const isAlive = state === "works" || state === "ending";
  const lastMs = token.last_used_at_ms ?? token.created_at_ms;
  return {
    ...{ state, successor },
    isUnused: isAlive && nowMs - lastMs > unusedAfterMs,
    endsSoon: state === "works" && endsMs !== undefined && endsMs - nowMs <= endsSoonMs,
  };
}
