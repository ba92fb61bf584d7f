"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { notifyFailure } from "@/components/layout/notify-failure";
import { useShortcuts } from "@/components/layout/use-shortcuts";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { lookOf } from "@/components/state/state-map";
import type { DraftReviewWire } from "@/lib/contracts/review";
import type { TriageReviewWire } from "@/lib/contracts/triage-review";
import { triageReviewQuery, useStartTriage, useTakeBackTriage } from "@/lib/queries/triage";
import { CancelTriageDialog } from "./cancel-triage-dialog";
import { type TriageAct, TriageDeskContext } from "./triage-desk-context";
import { holderName, isLive, phaseWords, triageState } from "./triage-words";

/** The form is big and seldom asked for: it comes when it is. */
const SummaryDialog = dynamic(() => import("./summary-dialog"), { ssr: false });

type Open = { act: TriageAct; opener: Element | null };
type TriageDeskProps = { review: DraftReviewWire; children: ReactNode };

/** Does what the parts of a draft ask of its triage, once, however often they are drawn: keys, questions, the form. */
export function TriageDesk({ review, children }: TriageDeskProps) {
  const { draft } = review;
  const triage = useQuery(triageReviewQuery(draft.draft_id)).data;
  const [open, setOpen] = useState<Open | null>(null);
  const start = useStartTriage(draft.draft_id);
  const takeBack = useTakeBackTriage(draft.draft_id);
  const announce = useAnnounce();
  useSaidAloud(triage);

  function run() {
    start.mutate(undefined, { onSuccess: () => announce("Triage is queued.") });
  }
  function act(kind: TriageAct) {
    if (kind === "start" && draft.facets.approval !== "granted") return run();
    setOpen({ act: kind, opener: document.activeElement });
  }
  function press(kind: "start" | "edit") {
    const action = triage?.actions[kind];
    if (action?.allowed) act(kind);
    else announce(`${action?.reason ?? "Not open now"}.`);
  }
  useShortcuts([
    { keys: "t", label: "Triage, or triage again", group: "This draft", run: () => press("start") },
    { keys: "e", label: "Edit the triage summary", group: "This draft", run: () => press("edit") },
  ]);
  const close = () => setOpen(null);
  const held = triage?.claim?.kind === "agent" ? holderName(triage.claim.by) : "the external agent";
  return (
    <TriageDeskContext value={{ act, starting: start.isPending, startError: start.error }}>
      {children}
      {open?.act === "edit" && triage ? (
        <SummaryDialog triage={triage} review={review} opener={open.opener} onClose={close} />
      ) : null}
      {open?.act === "cancel" && triage?.run ? (
        <CancelTriageDialog draft={draft} runId={triage.run.run_id} opener={open.opener} onClose={close} />
      ) : null}
      <ConfirmDialog
        open={open?.act === "start"}
        onOpenChange={(to) => to || close()}
        title="Triage an approved draft again?"
        confirm="Triage again"
        cancel="Leave it"
        destructive={false}
        onConfirm={run}
      >
        <p>
          If the run makes another issue of it, what was approved is not what would leave: the approval is
          voided, and the draft has to be approved again.
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        open={open?.act === "takeBack"}
        onOpenChange={(to) => to || close()}
        title={`Take the run back from ${held}?`}
        confirm="Take it back"
        cancel="Leave it"
        onConfirm={() => {
          if (!triage?.run) return;
          takeBack.mutate(triage.run.run_id, {
            onSuccess: () => announce("The run is back in the queue."),
            onError: (error) => notifyFailure("Not taken back", error),
          });
        }}
      >
        <p>
          A worker goes on with the phases that are left. What was handed in so far stays; what is handed in
          afterwards is refused.
        </p>
      </ConfirmDialog>
    </TriageDeskContext>
  );
}

/** Tells a screen reader how far the run is, when that changes and not before. */
function useSaidAloud(triage: TriageReviewWire | undefined): void {
  const announce = useAnnounce();
  const words = triage && standingWords(triage);
  const last = useRef(words);
  useEffect(() => {
    if (words && last.current && words !== last.current) announce(words);
    last.current = words;
  }, [words, announce]);
}

function standingWords(triage: TriageReviewWire): string {
  const state = lookOf(triageState(triage)).word;
  const phase = triage.run?.phases.find((each) => each.state === "running");
  return isLive(triage.run?.state) && phase ? `${state}: ${phaseWords[phase.phase].name}.` : `${state}.`;
}
