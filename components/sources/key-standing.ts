import type { IntakeKeyWire } from "@/lib/contracts/intake-key";

const unusedAfterMs = 90 * 86_400_000;

export type KeyStanding = {
  state: "works" | "ending" | "expired" | "disabled";
  /** Works, and nobody has used it for 90 days. */
  isUnused: boolean;
  /** It takes over from this one. */
  previous: IntakeKeyWire | undefined;
  /** This one takes over from it. */
  successor: IntakeKeyWire | undefined;
};

/** What can be said of a key among the others of its project, at a moment. */
export function keyStanding(key: IntakeKeyWire, all: readonly IntakeKeyWire[], nowMs: number): KeyStanding {
  const successor = all.findLast((other) => other.rotated_from_id === key.key_id);
  const previous = all.find((other) => other.key_id === key.rotated_from_id);
  const expired = key.expires_at_ms !== undefined && nowMs >= key.expires_at_ms;
  const state = !key.enabled ? "disabled" : expired ? "expired" : successor ? "ending" : "works";
  const lastMs = key.last_used_at_ms ?? key.created_at_ms ?? nowMs;
  const isUnused = (state === "works" || state === "ending") && nowMs - lastMs > unusedAfterMs;
  return { state, isUnused, previous, successor };
}
