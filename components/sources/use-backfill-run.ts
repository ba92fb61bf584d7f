"use client";

import { useRef, useState } from "react";
import { ApiError } from "@/lib/queries/api-error";
import { type SourceId, useBackfill, useBackfillPlan } from "@/lib/queries/log-sources";
import { addBackfill, type BackfillTotal, noBackfill } from "./backfill-total";

type Span = { from_ms: number; to_ms: number };
type Step = "asking" | "planning" | "planned" | "reading" | "done";

export type BackfillRun = {
  step: Step;
  total: BackfillTotal;
  /** The plan covers only what one call reads. */
  more: boolean;
  error: { why: string; requestId: string | undefined } | null;
  plan: (span: Span) => void;
  read: () => void;
  /** The span was changed: the plan is of another. */
  forget: () => void;
};

/** A backfill from its plan to its end: one call after the other, each a bounded piece, added up. */
export function useBackfillRun(id: SourceId): BackfillRun {
  const look = useBackfillPlan();
  const backfill = useBackfill();
  const span = useRef<Span | null>(null);
  const [step, setStep] = useState<Step>("asking");
  const [total, setTotal] = useState(noBackfill);
  const [more, setMore] = useState(false);
  const [error, setError] = useState<BackfillRun["error"]>(null);

  async function plan(wanted: Span) {
    span.current = wanted;
    forget();
    setStep("planning");
    try {
      const answer = await look.mutateAsync({ ...id, ...wanted });
      setTotal(addBackfill(noBackfill, answer));
      setMore(answer.next_cursor !== undefined);
      setStep("planned");
    } catch (fault) {
      setError(wordsOf(fault));
      setStep("asking");
    }
  }

  async function read() {
    if (!span.current) return;
    setError(null);
    setStep("reading");
    let sum = noBackfill;
    setTotal(sum);
    let cursor: string | undefined;
    try {
      do {
        const answer = await backfill.mutateAsync({ ...id, ...span.current, cursor });
        sum = addBackfill(sum, answer);
        setTotal(sum);
        cursor = answer.next_cursor;
      } while (cursor !== undefined);
      setMore(false);
      setStep("done");
    } catch (fault) {
      setError(wordsOf(fault));
      setStep("asking");
    }
  }

  function forget() {
    setStep("asking");
    setTotal(noBackfill);
    setError(null);
  }
  return { step, total, more, error, plan, read, forget };
}

function wordsOf(fault: unknown): { why: string; requestId: string | undefined } {
  if (!(fault instanceof ApiError))
    return { why: "Something went wrong in this page.", requestId: undefined };
  return { why: `${fault.problem.error}.`.replace(/\.\.$/, "."), requestId: fault.problem.request_id };
}
