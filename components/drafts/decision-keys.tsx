"use client";

import { useAnnounce } from "@/components/layout/announcer";
import { useShortcuts } from "@/components/layout/use-shortcuts";
import type { DecisionKind, Decisions } from "./decisions";

type DecisionKeysProps = { decisions: Decisions; onDecide: (kind: DecisionKind) => void };

/** a, d and p open the decision that is due; a key whose action is locked says why instead of doing nothing. */
export function DecisionKeys({ decisions, onDecide }: DecisionKeysProps) {
  const announce = useAnnounce();
  const { primary, deny } = decisions;
  function press(kind: DecisionKind) {
    const decision = [primary, deny].find((each) => each?.kind === kind);
    if (decision && !decision.locked) onDecide(kind);
    else announce(decision?.locked ?? "This action is not open for this draft now.");
  }
  useShortcuts([
    { keys: "a", label: "Approve", group: "This draft", run: () => press("approve") },
    { keys: "d", label: "Deny", group: "This draft", run: () => press("deny") },
    { keys: "p", label: "Publish", group: "This draft", run: () => press("publish") },
  ]);
  return null;
}
