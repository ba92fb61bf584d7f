"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CodeBlock } from "@/components/layout/code-block";
import { useSettled } from "@/components/layout/use-settled";
import { SaveError } from "@/components/settings/save-error";
import { plural } from "@/components/settings/words";
import { RedactedText } from "@/components/state/redacted-text";
import { cn } from "@/components/ui/cn";
import type { RedactionTestWire } from "@/lib/contracts/redaction";
import { redactionTestQuery } from "@/lib/queries/redaction";
import { redactionCall } from "./redaction-call";
import { TesterCopy } from "./tester-copy";
import { TextToTry } from "./text-to-try";

type RedactionTesterProps = {
  /** As it stands in the form, saved or not. */
  profile: string;
  canTest: boolean;
};

/** Paste a text, see what would be left of it. It runs on the server and is kept nowhere: not there, not in this tab. */
export function RedactionTester({ profile, canTest }: RedactionTesterProps) {
  const [text, setText] = useState("");
  const settled = useSettled(text);
  const test = useQuery(redactionTestQuery({ text: settled, profile }));
  const shown = settled === "" ? undefined : test.data;
  return (
    <div className="flex flex-col gap-2">
      <TextToTry
        label="Try it"
        aside={<TesterCopy call={() => redactionCall(location.origin, profile)} />}
        text={text}
        canTest={canTest}
        onChange={setText}
      />
      {test.error && settled !== "" ? <SaveError error={test.error} /> : null}
      <div aria-live="polite" className="flex flex-col gap-2 empty:hidden">
        {shown ? <TestedText test={shown} stale={settled !== text || test.isFetching} /> : null}
      </div>
    </div>
  );
}

function TestedText({ test, stale }: { test: RedactionTestWire; stale: boolean }) {
  const total = test.redactions.reduce((sum, { count }) => sum + count, 0);
  const kinds = test.redactions.map(({ kind, count }) => `${kind.replaceAll("_", " ")} ${count}`);
  return (
    <>
      <p>
        <b className="font-semibold">
          {total === 0 ? "Nothing would be taken out." : `${plural(total, "piece")} would be taken out`}
        </b>
        {total === 0 ? " It would be stored as it is." : `: ${kinds.join(", ")}.`}
        {test.profile_known ? null : " Nobody knows that profile, so the strictest was used."}
      </p>
      <CodeBlock inset title="What would be stored" meta={`${test.profile} profile`} label="redacted text">
        <div
          data-testid="redacted-text"
          className={cn(
            "relative max-h-80 overflow-y-auto px-2.5 py-1 break-words whitespace-pre-wrap",
            stale && "stale",
          )}
        >
          <RedactedText text={test.text} />
        </div>
      </CodeBlock>
    </>
  );
}
