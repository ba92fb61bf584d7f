import { Diff } from "@/components/layout/diff";
import type { DiffLine } from "@/components/layout/line-diff";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import type { CardVersionWire } from "@/lib/contracts/deployment-card";
import { fieldWords, saidWords } from "./card-words";

const actionWords: Record<CardVersionWire["action"], string> = {
  saved: "saved",
  reviewed: "reviewed it; nothing changed",
  removed: "took it back",
};

/** Who said what when; each version with what it changed. */
export function CardHistory({ versions }: { versions: readonly CardVersionWire[] }) {
  return (
    <Section title="History" count={versions.length}>
      {versions.length === 0 ? (
        <p className="text-muted-foreground">Nobody has said anything of this card yet.</p>
      ) : (
        <ol className="flex flex-col gap-4">
          {versions.map((version) => (
            <li key={version.version} className="flex min-w-0 flex-col gap-1.5">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <b className="font-semibold">Version {version.version}</b>
                <span>
                  {version.actor.name} {actionWords[version.action]}
                </span>
                <RelativeTime value={version.at_ms} className="text-12 text-muted-foreground" />
              </p>
              {version.changes.map((change) => (
                <div key={change.field} className="flex min-w-0 flex-col gap-1">
                  <span className="text-12 text-muted-foreground">{fieldWords(change.field)}</span>
                  <Diff
                    label={`${fieldWords(change.field)} in version ${version.version}`}
                    lines={linesOf(change)}
                  />
                </div>
              ))}
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function linesOf({ field, before, after }: CardVersionWire["changes"][number]): DiffLine[] {
  const line = (kind: DiffLine["kind"]) => (text: string, index: number) => ({ kind, line: index + 1, text });
  return [...saidWords(field, before).map(line("del")), ...saidWords(field, after).map(line("add"))];
}
