"use client";

import { type ReactNode, useCallback, useRef, useState } from "react";
import { StepUpContext } from "@/lib/queries/step-up";
import { StepUpDialog } from "./step-up-dialog";

type Asked = { resolve: () => void; reject: (reason: Error) => void };

/** Gives every mutation below it `useStepUp()`: one dialog, however many calls wait for the same proof. */
export function StepUpProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const waiting = useRef<Asked[]>([]);

  const ask = useCallback(
    () =>
      new Promise<void>((resolve, reject) => {
        waiting.current.push({ resolve, reject });
        setOpen(true);
      }),
    [],
  );
  const settle = (proven: boolean) => {
    setOpen(false);
    const asked = waiting.current;
    waiting.current = [];
    for (const { resolve, reject } of asked) {
      if (proven) resolve();
      else reject(new Error("no proof was given"));
    }
  };

  return (
    <StepUpContext value={ask}>
      {children}
      {open ? <StepUpDialog onProven={() => settle(true)} onCancel={() => settle(false)} /> : null}
    </StepUpContext>
  );
}
