"use client";

import { createContext, useContext } from "react";
import { ApiError } from "./api-error";

/** Asks the person for a proof. Resolves when it was given, rejects when they turned away. */
export type AskForProof = () => Promise<void>;

/** What the shell's dialog puts here (components/account/step-up-provider.tsx). */
export const StepUpContext = createContext<AskForProof | null>(null);

export const isStepUpRequired = (error: unknown): boolean =>
  error instanceof ApiError && error.problem.step_up === true;

/**
 * For mutations that may need step-up: `mutationFn: (input) => steppingUp(() => actionData(approveDraft(input)))`. What is
 * refused for want of a proof asks for it and is then tried once more; whoever turns away gets the refusal.
 */
export function useStepUp(): <T>(run: () => Promise<T>) => Promise<T> {
  const ask = useContext(StepUpContext);
  return async (run) => {
    try {
      return await run();
    } catch (error) {
      if (!ask || !isStepUpRequired(error)) throw error;
      try {
        await ask();
      } catch {
        throw error;
      }
      return run();
    }
  };
}
