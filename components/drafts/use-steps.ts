"use client";

import { useNow } from "@/components/layout/use-now";
import type { GateSplitProps } from "@/components/state/gate-split";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { gateOf } from "./draft-standing";
import { stepsOf } from "./draft-steps";
import { useClock } from "./use-clock";

/** The stepper and the gate of a draft, for the split and for the phone. */
export function useSteps(
  review: DraftReviewWire,
  myId: string | undefined,
): Pick<GateSplitProps, "inside" | "outside" | "gate" | "capLabel"> {
  const clock = useClock();
  const now = useNow();
  const gate = gateOf(review, now);
  return { ...stepsOf(review, clock, myId), gate: gate.state, capLabel: gate.label };
}
