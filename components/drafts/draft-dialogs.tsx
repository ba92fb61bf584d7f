"use client";

import { useState } from "react";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { ApproveDialog } from "./approve-dialog";
import type { DecisionKind } from "./decisions";
import { DenyDialog } from "./deny-dialog";
import { PublishDialog } from "./publish-dialog";

/** A decision being taken: on what was shown when its dialog opened, whatever arrives meanwhile. */
export type OpenDecision = { kind: DecisionKind; shown: DraftReviewWire; opener: Element | null };

export type DecisionDialogProps = {
  shown: DraftReviewWire;
  current: DraftReviewWire;
  myId: string | undefined;
  opener: Element | null;
  /** Kept when the draft is reviewed anew. */
  draftReason: string;
  onReason: (reason: string) => void;
  onReload: () => void;
  onClose: () => void;
};

type DraftDialogsProps = {
  open: OpenDecision | null;
  current: DraftReviewWire;
  myId: string | undefined;
  onChange: (open: OpenDecision | null) => void;
};

/** The three decisions, one at a time. */
export function DraftDialogs({ open, current, myId, onChange }: DraftDialogsProps) {
  const [reason, setReason] = useState("");
  if (!open) return null;
  const props: DecisionDialogProps = {
    shown: open.shown,
    current,
    myId,
    opener: open.opener,
    draftReason: reason,
    onReason: setReason,
    onReload: () => onChange({ ...open, shown: current }),
    onClose: () => {
      setReason("");
      onChange(null);
    },
  };
  if (open.kind === "approve") return <ApproveDialog {...props} />;
  if (open.kind === "deny") return <DenyDialog {...props} />;
  return <PublishDialog {...props} />;
}
