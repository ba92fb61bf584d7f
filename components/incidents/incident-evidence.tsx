import { EvidenceLink } from "@/components/evidence/evidence-link";
import { CodeBlock } from "@/components/layout/code-block";
import { Section } from "@/components/layout/section";
import { RedactedText } from "@/components/state/redacted-text";
import type { IncidentWire } from "@/lib/contracts/incident";
import { namedLog } from "./incident-state";

/** What was reported: the words, the lines and the links. */
export function IncidentEvidence({ incident }: { incident: IncidentWire }) {
  const { detail, excerpt, evidence_refs: references } = incident;
  const none = !detail && excerpt.length === 0 && references.length === 0;
  return (
    <Section title="Evidence" count={none ? "none was given" : undefined}>
      {detail ? (
        <p className="max-w-180 break-words whitespace-pre-wrap">
          <RedactedText text={detail} />
        </p>
      ) : null}
      {excerpt.length > 0 ? (
        <CodeBlock
          label="evidence lines"
          title={namedLog(incident) ?? "Reported lines"}
          meta={`${excerpt.length} ${excerpt.length === 1 ? "line" : "lines"}`}
          copy={excerpt.join("\n")}
        >
          <div className="px-2.5 py-1">
            {excerpt.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a record never move
              <div key={index} className="min-h-[18px] break-words whitespace-pre-wrap">
                <RedactedText text={line} />
              </div>
            ))}
          </div>
        </CodeBlock>
      ) : null}
      {references.length > 0 ? (
        <ul aria-label="References" className="flex flex-col gap-0.5">
          {references.map((reference) => (
            <li key={reference} className="min-w-0 font-mono text-12 leading-5 break-all">
              <EvidenceLink reference={reference} />
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}
