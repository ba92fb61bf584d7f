"use client";

import { useQuery } from "@tanstack/react-query";
import { CodeBlock } from "@/components/layout/code-block";
import { SaveError } from "@/components/settings/save-error";
import { plural } from "@/components/settings/words";
import { RedactedText } from "@/components/state/redacted-text";
import { cn } from "@/components/ui/cn";
import type { RedactionProfileWire } from "@/lib/contracts/config-safety";
import { redactionTestQuery } from "@/lib/queries/redaction";
import { ruleWord } from "./redaction-words";

type TestedByProps = {
  name: string;
  /** The profile as it stands in the form; absent for those that are always there. */
  unsaved: RedactionProfileWire | undefined;
  text: string;
  stale: boolean;
};

/** What one profile would leave of the text, and which of its rules took what. */
export function TestedBy({ name, unsaved, text, stale }: TestedByProps) {
  const test = useQuery(redactionTestQuery({ text, profile: name, unsaved_profile: unsaved }));
  const shown = test.data;
  if (test.error) return <SaveError error={test.error} />;
  if (!shown) return null;
  const total = shown.redactions.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p>
        <b className="font-semibold">
          {name}:{" "}
          {total === 0 ? "nothing would be taken out." : `${plural(total, "piece")} would be taken out`}
        </b>
        {shown.profile_known ? null : " A pattern of it cannot be run, so the strictest rules were used."}
      </p>
      <CodeBlock
        inset
        title="What would be stored"
        meta={`${name} profile`}
        label={`text redacted by ${name}`}
      >
        <div
          data-testid={`redacted-by-${name}`}
          className={cn(
            "relative max-h-80 overflow-y-auto px-2.5 py-1 break-words whitespace-pre-wrap",
            (stale || test.isFetching) && "stale",
          )}
        >
          <RedactedText text={shown.text} />
        </div>
      </CodeBlock>
      {shown.redactions.length > 0 ? (
        <ul className="flex flex-col gap-1 text-12">
          {shown.redactions.map(({ kind, count, rule }) => (
            <li key={kind} className="text-muted-foreground">
              <span className="font-medium text-foreground">
                {kind.replaceAll("_", " ")} {count}
              </span>{" "}
              by {ruleWord[rule]}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
