"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import type { DraftReviewWire } from "@/lib/contracts/review";
import type { DecisionKind } from "./decisions";
import { useDraftQueue } from "./draft-queue";
import type { DoneKind } from "./next-draft";

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
  /** Closes, and opens the next draft that waits for the same. */
  onNext: (done: DoneKind) => void;
};

type DraftDialogsProps = {
  open: OpenDecision | null;
  current: DraftReviewWire;
  myId: string | undefined;
  onChange: (open: OpenDecision | null) => void;
};

/** They come when a draft is about to be decided, and are fetched while it is read. */
const loadApprove = () => import("./approve-dialog");
const loadDeny = () => import("./deny-dialog");
const loadPublish = () => import("./publish-dialog");
const ApproveDialog = dynamic(loadApprove, { ssr: false });
const DenyDialog = dynamic(loadDeny, { ssr: false });
const PublishDialog = dynamic(loadPublish, { ssr: false });
/** Seldom asked for: fetched when they are. */
const WithdrawDialog = dynamic(() => import("./withdraw-dialog").then((module) => module.WithdrawDialog), {
  ssr: false,
});
const BreakGlassDialog = dynamic(
  () => import("./break-glass-dialog").then((module) => module.BreakGlassDialog),
  { ssr: false },
);

/** The decisions, one at a time. */
export function DraftDialogs({ open, current, myId, onChange }: DraftDialogsProps) {
  const [reason, setReason] = useState("");
  const { goOn } = useDraftQueue();
  const announce = useAnnounce();
  useEffect(() => {
    for (const load of [loadApprove, loadDeny, loadPublish]) void load();
  }, []);
  if (!open) return null;
  const close = () => {
    setReason("");
    onChange(null);
  };
  const props: DecisionDialogProps = {
    shown: open.shown,
    current,
    myId,
    opener: open.opener,
    draftReason: reason,
    onReason: setReason,
    onReload: () => onChange({ ...open, shown: current }),
    onClose: close,
    onNext: (done) => {
      close();
      // The row in focus takes the focus along to the next one.
      document.querySelector<HTMLElement>("[data-draft-row][aria-current=true]")?.focus();
      if (!goOn(done)) announce("Nothing else in this list waits for you.");
    },
  };
  if (open.kind === "approve") return <ApproveDialog {...props} />;
  if (open.kind === "deny") return <DenyDialog {...props} />;
  if (open.kind === "withdraw") return <WithdrawDialog {...props} />;
  if (open.kind === "break_glass") return <BreakGlassDialog {...props} />;
  return <PublishDialog {...props} />;
}
