"use client";

import { useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { IdText } from "./id-text";

export type ErrorStateProps = {
  /** What failed: "Drafts could not be loaded." */
  what: string;
  /** Why, as far as it is known. */
  why?: string;
  /** What to do, or what keeps working meanwhile. */
  next?: string;
  requestId?: string;
  onRetry?: () => void;
  retrying?: boolean;
  /** "next try in 4 s". */
  retryNote?: string;
  className?: string;
};

/** What, why, what to do, and the request id to quote. Never shown as an empty list. */
export function ErrorState(props: ErrorStateProps) {
  const { what, why, next, requestId, onRetry, retrying, retryNote, className } = props;
  const [copied, setCopied] = useState(false);
  async function copyDetails() {
    const details = [
      what,
      why,
      next,
      requestId && `request ${requestId}`,
      new Date().toISOString(),
      location.href,
    ];
    try {
      await navigator.clipboard.writeText(details.filter(Boolean).join("\n"));
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      setCopied(false);
    }
  }
  return (
    <Alert tone="failed" title={what} className={cn("max-w-160", className)}>
      {[why, next].filter(Boolean).join(" ")}
      {onRetry || retryNote ? (
        <div className="mt-2 flex items-center gap-2">
          {onRetry ? (
            <Button size="xs" onClick={onRetry} pending={retrying}>
              Try again
            </Button>
          ) : null}
          {retryNote ? <span className="text-12 text-muted-foreground">{retryNote}</span> : null}
        </div>
      ) : null}
      <div className="mt-2 flex flex-wrap items-center gap-2 text-12">
        {requestId ? <IdText id={requestId} kind="request id" /> : null}
        <button type="button" onClick={copyDetails} className="link">
          {copied ? "Copied" : "Copy details"}
        </button>
      </div>
    </Alert>
  );
}
