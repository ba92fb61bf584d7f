"use client";

import { failureDetails, failureWords } from "./failure-words";
import { notify } from "./notify";

/** A toast for what failed away from any form: why, what to do, and the request; it stays until it is closed. */
export function notifyFailure(what: string, error: Error): void {
  const { why, next, requestId } = failureWords(error);
  notify("blocked", what, {
    description: (
      <>
        {[why, next].filter(Boolean).join(" ")}
        {requestId ? <span className="mt-1 block font-mono text-12 break-all">{requestId}</span> : null}
      </>
    ),
    action: { label: "Copy details", onClick: () => void copyDetails(what, error) },
    sticky: true,
  });
}

async function copyDetails(what: string, error: Error): Promise<void> {
  const text = failureDetails(what, error, { nowMs: Date.now(), href: location.href });
  try {
    await navigator.clipboard.writeText(text);
    notify("approved", "Copied");
  } catch {
    notify("blocked", "The browser refused to copy", { description: text, sticky: true });
  }
}
