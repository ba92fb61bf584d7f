import Link from "next/link";
import { identityValue, leftOutOfIdentity } from "@/components/incidents/identity-words";
import { Section } from "@/components/layout/section";
import { RedactedText } from "@/components/state/redacted-text";
import type { DraftWire } from "@/lib/contracts/draft";
import { incidentPath } from "@/lib/paths";
import { groupingWords } from "./grouping-words";

/** Why these reports are one draft: the shared parts, and where they are kept apart from others. */
export function WhyGrouped({ draft }: { draft: DraftWire }) {
  const scope = draft.project_id
    ? [draft.project_id, draft.log_source_id].filter(Boolean).join(" / ")
    : draft.repo;
  return (
    <Section
      title="Why grouped"
      aside={
        <Link href={incidentPath(draft.incident_id)} className="link">
          Incident and its sightings
        </Link>
      }
    >
      <p className="-mt-1.5">
        {groupingWords(draft)}{" "}
        <span className="text-muted-foreground">Identity v{draft.fingerprint_version}</span>
      </p>
      <ul className="flex flex-wrap gap-1">
        {draft.identity.map((part) => (
          <li key={part.name} className="max-w-full">
            <Chip term={part.name} value={identityValue(part.name, part.value)} />
          </li>
        ))}
        <li className="max-w-full">
          <Chip term="within" value={scope} />
        </li>
      </ul>
      <p className="text-12 text-muted-foreground">
        Left out: {leftOutOfIdentity(draft.identity.map((part) => part.name))}.
      </p>
    </Section>
  );
}

/** A part of the identity; long values wrap, since the whole value is what groups. */
function Chip({ term, value }: { term: string; value: string }) {
  return (
    <span className="inline-flex min-h-[22px] max-w-full items-baseline gap-1.5 rounded-sm border border-border-strong bg-card px-1.5 py-0.5 text-12">
      <span className="flex-none text-muted-foreground">{term}</span>
      <span className="min-w-0 font-medium break-words">
        <RedactedText text={value} />
      </span>
    </span>
  );
}
