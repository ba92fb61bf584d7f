"use client";

import { useEffect, useRef } from "react";
import { CodeBlock } from "@/components/layout/code-block";
import { SaveError } from "@/components/settings/save-error";
import { RedactedText } from "@/components/state/redacted-text";
import { StateLabel } from "@/components/state/state-label";
import type { StateName } from "@/components/state/state-map";
import type { DestinationTestWire } from "@/lib/contracts/status";

const looks: Record<DestinationTestWire["outcome"], { state: StateName; word: string }> = {
  published: { state: "published", word: "Test passed" },
  retryable: { state: "retrying", word: "Not taken, worth trying again" },
  rejected: { state: "deliveryFailed", word: "Test refused" },
  blocked: { state: "notReady", word: "A person has to act first" },
  ambiguous: { state: "ambiguous", word: "No clear answer" },
  not_ready: { state: "notReady", word: "Not sent: not ready" },
};

type TestResultProps = { result: DestinationTestWire | undefined; error: Error | null };

/** What the test event met: the answer, how long it took, why, and the beginning of the response. */
export function TestResult({ result, error }: TestResultProps) {
  const box = useRef<HTMLElement>(null);
  // The button is at the foot of the page, the answer at the top of the form.
  useEffect(() => {
    if (result) box.current?.scrollIntoView({ block: "nearest" });
  }, [result]);
  if (error) return <SaveError error={error} />;
  if (!result) return null;
  const look = looks[result.outcome];
  return (
    <section
      ref={box}
      aria-label="Test result"
      className="flex flex-col gap-2 rounded-md border border-border p-3"
    >
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StateLabel
          state={look.state}
          word={result.outcome === "published" && result.status_code ? "Test arrived" : look.word}
        />
        <span className="text-12 text-muted-foreground">
          {result.status_code ? `HTTP ${result.status_code}, ` : ""}
          {result.duration_ms} ms
        </span>
      </p>
      <p className="break-words">
        <RedactedText text={result.message} />
      </p>
      {result.response_excerpt ? (
        <CodeBlock label="response" title="Response" inset>
          <div className="px-2.5 py-1 break-words whitespace-pre-wrap">
            <RedactedText text={result.response_excerpt} />
          </div>
        </CodeBlock>
      ) : null}
    </section>
  );
}
