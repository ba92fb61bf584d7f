import { destinationKinds } from "@/components/destinations/kinds";
import { Section } from "@/components/layout/section";
import { isWebLink } from "@/components/layout/web-link";
import { RedactedText } from "@/components/state/redacted-text";
import { Badge } from "@/components/ui/badge";
import type { ResearchWire } from "@/lib/contracts/triage-phase";
import { useNames } from "@/lib/queries/names";
import { askedWords, filedWords, meansWords } from "./filed-words";

type Asked = NonNullable<ResearchWire["filed_before"]>[number];
type Filed = Asked["issues"][number];

/** What the issue destinations of a draft answered when research asked them; nothing of it decides anything by itself. */
export function FiledBefore({ asked }: { asked: readonly Asked[] }) {
  if (asked.length === 0) return null;
  return (
    <Section title="Filed before?" level={3}>
      <ul className="-mt-1">
        {asked.map((each) => (
          <li key={each.destination_id} className="border-b border-border py-2 last:border-b-0">
            <AskedRow asked={each} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function AskedRow({ asked }: { asked: Asked }) {
  const name = useNames();
  const means = meansWords(asked);
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2 text-12 text-muted-foreground">
        <span className="min-w-0 wrap-anywhere text-foreground">
          {name.destination(asked.destination_id)}
        </span>
        <span>{kindName(asked.kind)}</span>
        {asked.target_ref ? <span className="min-w-0 wrap-anywhere">{asked.target_ref}</span> : null}
        {asked.not_asked ? null : <span>{askedWords[asked.asked]}</span>}
      </p>
      {asked.not_asked ? (
        <p className="max-w-180 break-words">
          It could not be asked: <RedactedText text={asked.not_asked.message.replace(/\.$/, "")} />.
        </p>
      ) : null}
      {asked.issues.length > 0 ? (
        <ul className="flex flex-col gap-1 py-1">
          {asked.issues.map((issue) => (
            <li key={`${issue.match} ${issue.reference}`} className="min-w-0">
              <p className="min-w-0 break-words">
                <IssueLink issue={issue} />
              </p>
              <p className="flex flex-wrap items-center gap-x-2 text-12 text-muted-foreground">
                <Badge>{issue.state}</Badge>
                <span>{filedWords[issue.match]}</span>
              </p>
            </li>
          ))}
        </ul>
      ) : null}
      {means ? <p className="max-w-180 break-words text-muted-foreground">{means}</p> : null}
    </>
  );
}

/** The title is whoever's wrote it: shown as text, and the address only where it is one of the web. */
function IssueLink({ issue }: { issue: Filed }) {
  const name = (
    <>
      {issue.reference} <RedactedText text={issue.title} />
    </>
  );
  if (!issue.url || !isWebLink(issue.url)) return <b className="font-medium">{name}</b>;
  return (
    <a href={issue.url} target="_blank" rel="noopener noreferrer nofollow" className="link">
      {name}
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}

const kindName = (kind: string): string =>
  Object.hasOwn(destinationKinds, kind) ? destinationKinds[kind as keyof typeof destinationKinds].long : kind;
