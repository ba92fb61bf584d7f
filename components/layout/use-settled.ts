import { useEffect, useState } from "react";

/** The text as it was when its writer last paused, so that the server is asked once a thought and not once a letter. */
export function useSettled(text: string, pauseMs = 300): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text, pauseMs]);
  return settled;
}
