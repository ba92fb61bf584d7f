"use client";

import { createContext, useContext } from "react";

export type TriageAct = "start" | "cancel" | "takeBack" | "edit";

/** What the parts of a draft ask for; the desk asks back where it must, and does it. */
export type TriageDeskValue = {
  act: (act: TriageAct) => void;
  starting: boolean;
  /** Why the last start did not happen. */
  startError: Error | null;
};

export const TriageDeskContext = createContext<TriageDeskValue>({
  act: () => {},
  starting: false,
  startError: null,
});

export const useTriageDesk = (): TriageDeskValue => useContext(TriageDeskContext);
