import Link from "next/link";
import { shortId } from "@/components/drafts/draft-words";
import { Fact, Facts } from "@/components/layout/facts";
import { IdText } from "@/components/layout/id-text";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { FieldChecks } from "@/components/ui/field-checks";
import type { EvidenceWire } from "@/lib/contracts/evidence";
import { draftPath, incidentPath, sourcesPath } from "@/lib/paths";
import { useNames } from "@/lib/queries/names";

/** Where it belongs, how long it is kept, and that it is what it was when it was kept. */
export function EvidenceFacts({ evidence }: { evidence: EvidenceWire }) {
  const name = useNames();
  const { project_id: project, source_id: source } = evidence;
  const removed = Object.entries(evidence.redactions).filter(([, count]) => count > 0);
  return (
    <div className="flex flex-col gap-6">
      <Section title="Proof">
        <FieldChecks
          checks={[
            evidence.verified
              ? {
                  key: "hash",
                  result: "pass",
                  what: "Unchanged since it was kept.",
                  detail: "Its hash was computed again just now and is the same.",
                }
              : {
                  key: "hash",
                  result: "fail",
                  what: "Not what was kept.",
                  detail: "Its hash was computed again just now and differs: do not rely on it.",
                },
          ]}
        />
        <IdText
          id={evidence.sha256}
          kind="SHA-256"
          className="[&>span]:break-all [&>span]:whitespace-normal"
        />
      </Section>
      <Section title="Belongs to">
        <Facts>
          <Fact term="Source">
            <Link href={sourcesPath({ project, source })} className="link">
              {source}
            </Link>{" "}
            of {name.project(project)}
          </Fact>
          {evidence.incident_id ? (
            <Fact term="Incident">
              <IdText
                id={evidence.incident_id}
                kind="incident id"
                className="max-w-full"
                href={incidentPath(evidence.incident_id)}
                words={shortId(evidence.incident_id)}
              />
            </Fact>
          ) : null}
          {evidence.draft_id ? (
            <Fact term="Draft">
              <IdText
                id={evidence.draft_id}
                kind="draft id"
                className="max-w-full"
                href={draftPath(evidence.draft_id)}
                words={shortId(evidence.draft_id)}
              />
            </Fact>
          ) : null}
          <Fact term="Kept">
            <RelativeTime value={evidence.created_at_ms} />
          </Fact>
          <Fact term="Until">
            <RelativeTime value={evidence.expires_at_ms} absent="no end is set" />
          </Fact>
          <Fact term="Taken out">
            {removed.length > 0
              ? removed.map(([kind, count]) => `${count} ${kind.replaceAll(/[_-]/g, " ")}`).join(", ")
              : "nothing needed redaction"}
          </Fact>
        </Facts>
      </Section>
      <Section title="Reference">
        <IdText
          id={evidence.reference}
          kind="reference"
          className="[&>span]:break-all [&>span]:whitespace-normal"
        />
      </Section>
    </div>
  );
}
