"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { draftState } from "@/components/drafts/draft-words";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { isWebLink } from "@/components/layout/web-link";
import { RedactedText } from "@/components/state/redacted-text";
import { lookOf } from "@/components/state/state-map";
import { Button } from "@/components/ui/button";
import type { DraftWire } from "@/lib/contracts/draft";
import type { ResearchWire } from "@/lib/contracts/triage-phase";
import { draftPath, incidentPath, receiptPath } from "@/lib/paths";
import { incidentQuery } from "@/lib/queries/incidents";
import { FiledBefore } from "./filed-before";
import { HandedIn } from "./handed-in";
import { matchWords, recordWords } from "./triage-words";

type Similar = ResearchWire["similar"][number];

type SimilarSectionProps = { research: ResearchWire; by: string; draft: DraftWire };

/** What is known already about failures like this one; each can be laid beside this one. */
export function SimilarSection({ research, by, draft }: SimilarSectionProps) {
  const { similar, filed_before: asked = [] } = research;
  const others = similar.filter((each) => !(each.kind === "draft" && each.id === draft.draft_id));
  return (
    <Section title="Similar failures" count={others.length === 0 ? "none found" : others.length}>
      {others.length > 0 || asked.length > 0 ? <HandedIn by={by} /> : null}
      {others.length > 0 ? (
        <ul className="-mt-1">
          {others.map((each) => (
            <SimilarRow key={`${each.kind} ${each.id}`} similar={each} draft={draft} />
          ))}
        </ul>
      ) : null}
      <FiledBefore asked={asked} />
    </Section>
  );
}

function SimilarRow({ similar, draft }: { similar: Similar; draft: DraftWire }) {
  const [open, setOpen] = useState(false);
  return (
    <li className="border-b border-border py-2 last:border-b-0">
      <p className="min-w-0 break-words">
        <SimilarLink similar={similar} />
      </p>
      <p className="flex flex-wrap items-center gap-x-2 text-12 text-muted-foreground">
        <span className="text-foreground">{recordWords[similar.kind]}</span>
        <span>{matchWords[similar.match] ?? similar.match}</span>
        {similar.outcome ? (
          <span className="wrap-anywhere">
            <RedactedText text={similar.outcome} />
          </span>
        ) : null}
        {similar.last_seen_at_ms !== null ? <RelativeTime value={similar.last_seen_at_ms} /> : null}
        <Button
          variant="ghost"
          size="xs"
          aria-expanded={open}
          className="-mr-2 ml-auto font-normal"
          onClick={() => setOpen(!open)}
        >
          {open ? "Fold" : "Side by side"}
        </Button>
      </p>
      {open ? <SideBySide similar={similar} draft={draft} /> : null}
    </li>
  );
}

function SimilarLink({ similar }: { similar: Similar }) {
  const title = <RedactedText text={similar.title || similar.id} />;
  if (similar.url && isWebLink(similar.url)) {
    return (
      <a href={similar.url} target="_blank" rel="noopener noreferrer nofollow" className="link">
        {title}
        <span className="sr-only"> (opens in a new tab)</span>
      </a>
    );
  }
  const paths: Partial<Record<Similar["kind"], (id: string) => string>> = {
    incident: incidentPath,
    draft: (id) => draftPath(id),
    receipt: receiptPath,
  };
  const path = paths[similar.kind];
  if (!path) return <b className="font-medium">{title}</b>;
  return (
    <Link href={path(similar.id)} className="link">
      {title}
    </Link>
  );
}

/** This failure and the other, fact by fact. Of an incident more is asked for once it is looked at. */
function SideBySide({ similar, draft }: { similar: Similar; draft: DraftWire }) {
  const incident = useQuery({
    ...incidentQuery(similar.id),
    enabled: similar.kind === "incident",
  }).data?.incident;
  const times = (ms: number | null | undefined) =>
    ms === null || ms === undefined ? null : <RelativeTime value={ms} />;
  const rows: Array<[string, ReactNode, ReactNode]> = [
    ["Title", text(draft.title ?? draft.event_type), text(incident?.title ?? similar.title)],
    [
      "Exception",
      text(exceptionOf(draft.identity, draft.title ?? "")),
      text(exceptionOf(incident?.identity ?? [], incident?.title ?? similar.title)),
    ],
    ["Seen", seen(draft.occurrence_count), seen(incident?.occurrence_count ?? similar.occurrence_count)],
    ["First seen", times(draft.first_seen_at_ms), times(incident?.first_seen_at_ms)],
    ["Last seen", times(draft.last_seen_at_ms), times(incident?.last_seen_at_ms ?? similar.last_seen_at_ms)],
    [
      "Outcome",
      text(lookOf(draftState(draft)).word),
      text(similar.outcome ?? incident?.status.replaceAll("_", " ")),
    ],
  ];
  return (
    <table className="mt-1 w-full table-fixed border-collapse text-[12.5px] leading-5">
      <caption className="sr-only">This failure and {similar.title || similar.id}, side by side</caption>
      <thead>
        <tr className="border-b border-border text-left text-12 text-muted-foreground">
          <th scope="col" className="w-[72px] py-1 font-medium sm:w-[88px]">
            <span className="sr-only">Fact</span>
          </th>
          <th scope="col" className="py-1 pr-2 font-medium">
            This failure
          </th>
          <th scope="col" className="py-1 font-medium">
            The other
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([term, ours, theirs]) => (
          <tr key={term} className="border-b border-border align-top last:border-b-0">
            <th scope="row" className="py-1 pr-2 text-left font-normal text-muted-foreground">
              {term}
            </th>
            <td className="py-1 pr-2 break-words">{ours ?? <Unknown />}</td>
            <td className="py-1 break-words">{theirs ?? <Unknown />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const Unknown = () => <span className="text-muted-foreground">not known</span>;

const text = (value: string | null | undefined): ReactNode => (value ? <RedactedText text={value} /> : null);

const seen = (count: number | null | undefined): ReactNode =>
  count === null || count === undefined ? null : `${count.toLocaleString("en-GB")}×`;

/** By its identity; where the reporter chose that, by its title. */
function exceptionOf(identity: DraftWire["identity"], title: string): string | undefined {
  const part = identity.find(({ name }) => name === "type");
  return part?.value ?? /^([A-Z][\w.]*(?:Error|Exception))\b/.exec(title)?.[1];
}
