"use client";

import { createContext, type ReactNode, useCallback, useContext, useState } from "react";

type Announce = (message: string, urgency?: "polite" | "assertive") => void;

const AnnounceContext = createContext<Announce>(() => {});

/** Says state changes to screen readers: `const announce = useAnnounce(); announce("Approved. Publish is unlocked.")`. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}

/** Two live regions, always present, so that the first message is not lost. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [polite, setPolite] = useState("");
  const [assertive, setAssertive] = useState("");
  const announce = useCallback<Announce>((message, urgency = "polite") => {
    const set = urgency === "assertive" ? setAssertive : setPolite;
    // Emptied first: the same words twice must be said twice.
    set("");
    setTimeout(() => set(message), 50);
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div aria-live="polite" role="status" className="sr-only">
        {polite}
      </div>
      <div aria-live="assertive" role="alert" className="sr-only">
        {assertive}
      </div>
    </AnnounceContext>
  );
}
