import type { Hint } from "@/components/layout/hint-bar";
import type { Decisions } from "./decisions";

/** The keys of the decisions that exist for this draft now; what waits behind one of them is named as locked. */
export function decisionHints({ primary, deny }: Decisions): Hint[] {
  const locked = (label: string, isLocked: boolean) => (isLocked ? `${label} (locked)` : label);
  const hints: Hint[] = [];
  if (primary?.kind === "approve") {
    hints.push({ keys: ["a"], label: locked("approve", primary.locked !== undefined) });
  }
  if (deny) hints.push({ keys: ["d"], label: "deny" });
  if (primary?.kind === "publish" && primary.label.startsWith("Ask")) {
    hints.push({ keys: ["p"], label: "ask for approval" });
  } else if (primary) {
    const waits = primary.kind === "approve" || primary.locked !== undefined;
    hints.push({ keys: ["p"], label: locked("publish", waits) });
  }
  return hints;
}
