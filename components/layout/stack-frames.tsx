"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/ui/cn";

export type StackFrame = { id: string; name: string; place: string; own: boolean; culprit?: boolean };

type Run = { id: string; own: boolean; frames: StackFrame[] };

function runsOf(frames: readonly StackFrame[]): Run[] {
  const runs: Run[] = [];
  for (const frame of frames) {
    const last = runs.at(-1);
    if (last && last.own === frame.own) last.frames.push(frame);
    else runs.push({ id: frame.id, own: frame.own, frames: [frame] });
  }
  return runs;
}

/** A stack for inside a CodeBlock: own frames in ink with a rule, foreign ones folded, the culprit tinted. */
export function StackFrames({ frames }: { frames: readonly StackFrame[] }) {
  return (
    <ol data-slot="stack-frames">
      {runsOf(frames).map((run) => (
        <FrameRun key={run.id} run={run} />
      ))}
    </ol>
  );
}

function FrameRun({ run }: { run: Run }) {
  const [open, setOpen] = useState(run.own || run.frames.length < 2);
  if (!open) {
    return (
      <li>
        <button
          type="button"
          aria-expanded={false}
          onClick={() => setOpen(true)}
          className="flex w-full items-center gap-1.5 px-3 font-sans leading-5 text-muted-foreground hover:text-foreground"
        >
          <ChevronRight aria-hidden className="size-3" />
          {run.frames.length} frames outside your code
        </button>
      </li>
    );
  }
  return run.frames.map((frame) => (
    <li
      key={frame.id}
      className={cn(
        "grid grid-cols-1 px-3 leading-5 text-muted-foreground sm:grid-cols-[minmax(30%,1fr)_minmax(0,auto)] sm:gap-3",
        frame.own && "text-foreground inset-shadow-[2px_0_0_var(--border-strong)]",
        frame.culprit && "bg-state-failed-soft inset-shadow-[2px_0_0_var(--state-failed)]",
      )}
    >
      <span className="truncate">
        {frame.name}
        {frame.culprit ? <span className="sr-only">, where it failed</span> : null}
      </span>
      <span
        title={frame.place}
        // A long place is cut at its beginning: the file and the line are what is looked for.
        className={cn(
          "truncate text-left text-muted-foreground [direction:rtl] sm:text-right",
          frame.culprit && "text-foreground",
        )}
      >
        <bdi dir="ltr">{frame.place}</bdi>
      </span>
    </li>
  ));
}
