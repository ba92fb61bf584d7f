"use client";

import { LockedAction } from "@/components/layout/locked-action";
import { Button } from "@/components/ui/button";
import type { TriageActionsWire } from "@/lib/contracts/triage-review";
import { type TriageAct, useTriageDesk } from "./triage-desk-context";

type TriageButtonProps = {
  act: TriageAct;
  action: TriageActionsWire["start"];
  /** "Triage again" where it was triaged before. */
  label?: string;
  kbd?: string;
  /** Why it is locked stands beside it already. */
  quiet?: boolean;
};

const labels: Record<TriageAct, string> = {
  start: "Start triage",
  cancel: "Cancel the run…",
  takeBack: "Take it back…",
  edit: "Edit the summary…",
};

/** One of the triage's actions. One that is not open keeps its place and says why. */
export function TriageButton({ act, action, label, kbd, quiet }: TriageButtonProps) {
  const desk = useTriageDesk();
  const words = label ?? labels[act];
  if (!action.allowed) {
    return (
      <LockedAction
        unlocks={`${action.reason ?? "Not open now"}.`}
        quiet={quiet}
        size="sm"
        className="touch:h-11"
      >
        {words}
      </LockedAction>
    );
  }
  return (
    <Button
      size="sm"
      kbd={kbd}
      className="touch:h-11"
      pending={act === "start" && desk.starting}
      onClick={() => desk.act(act)}
    >
      {words}
    </Button>
  );
}
