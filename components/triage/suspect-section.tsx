import { Disclosure } from "@/components/drafts/disclosure";
import { Diff } from "@/components/layout/diff";
import type { DiffLine } from "@/components/layout/line-diff";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { RedactedText } from "@/components/state/redacted-text";
import { CopyButton } from "@/components/ui/copy-button";
import type { ResearchWire } from "@/lib/contracts/triage-phase";
import { HandedIn } from "./handed-in";
import { commitId } from "./reveal";
import { RuleNote } from "./rule-note";
import { confidenceWords, historyWords } from "./triage-words";

type History = ResearchWire["history"];
type Suspect = History["suspects"][number];

/** Commits that may have brought the failure, the likeliest first, each with why and with the lines it changed. */
export function SuspectSection({ history, by, scope }: { history: History; by: string; scope: string }) {
  const [first, ...rest] = history.suspects;
  const note = historyWords[history.state];
  return (
    <Section title="Suspect commits" count={first ? undefined : "none"}>
      <HandedIn by={by} />
      {note ? <p className="text-muted-foreground">{note}</p> : null}
      {first ? (
        <ol className="-mt-1">
          <SuspectRow suspect={first} scope={scope} open />
          {rest.map((each) => (
            <SuspectRow key={each.hash} suspect={each} scope={scope} />
          ))}
        </ol>
      ) : note ? null : (
        <p className="text-muted-foreground">
          No commit that was looked at has to do with the failing lines.
        </p>
      )}
    </Section>
  );
}

function SuspectRow({ suspect, scope, open = false }: { suspect: Suspect; scope: string; open?: boolean }) {
  return (
    <li
      id={commitId(scope, suspect.hash)}
      tabIndex={-1}
      className="border-b border-border py-2 last:border-b-0 last:pb-0"
    >
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="inline-flex items-center gap-0.5 font-mono text-12">
          {suspect.hash.slice(0, 10)}
          <CopyButton value={suspect.hash} label="Copy commit hash" />
        </span>
        <b className="min-w-0 font-medium break-words">
          <RedactedText text={suspect.subject} />
        </b>
      </p>
      <p className="flex flex-wrap gap-x-2 text-12 text-muted-foreground">
        <span className="wrap-anywhere">
          <RedactedText text={suspect.author} />
        </span>
        <RelativeTime value={suspect.committed_at_ms} />
        <span className="text-foreground">{confidenceWords[suspect.confidence]}</span>
      </p>
      {suspect.because.length > 0 ? (
        <ul
          aria-label="Why it is suspected"
          className="mt-0.5 flex flex-wrap gap-x-3 gap-y-0.5 text-12 text-muted-foreground"
        >
          {suspect.because.map((rule) => (
            <li key={rule}>
              <RuleNote rule={rule} />
            </li>
          ))}
        </ul>
      ) : null}
      {suspect.changes.length > 0 ? (
        <Disclosure summary="What it changed" open={open} className="mt-0.5">
          <div className="flex flex-col gap-2 pt-1">
            {suspect.changes.map((change) => (
              <div key={`${change.path}:${change.from_line}`} className="min-w-0">
                <p className="mb-0.5 font-mono text-12 break-all">
                  {change.path}:{change.from_line}
                </p>
                <Diff label={`What it changed in ${change.path}`} lines={diffOf(change)} />
              </div>
            ))}
          </div>
        </Disclosure>
      ) : null}
    </li>
  );
}

/** Removed lines have no number any more; the added ones count from where they stand. */
export function diffOf(change: {
  removed: readonly string[];
  added: readonly string[];
  from_line: number;
}): DiffLine[] {
  return [
    ...change.removed.map((text): DiffLine => ({ kind: "del", text })),
    ...change.added.map((text, index): DiffLine => ({ kind: "add", text, line: change.from_line + index })),
  ];
}
