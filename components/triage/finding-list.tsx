import type { InspectionWire } from "@/lib/contracts/triage-phase";
import { CertaintyMark } from "./certainty-mark";
import { EvidenceLinks } from "./evidence-links";
import { RuleNote } from "./rule-note";
import { SaidText } from "./said-text";
import { confidenceWords } from "./triage-words";

export type FindingWire = InspectionWire["findings"][number];

/** Statements, each with what kind it is, how sure, by which rule and where it can be checked. */
export function FindingList({ findings, scope }: { findings: readonly FindingWire[]; scope: string }) {
  if (findings.length === 0) return null;
  return (
    <ul className="flex flex-col">
      {findings.map((finding, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the findings of a run never move
        <li key={index} className="border-b border-border py-1.5 first:pt-0 last:border-b-0">
          <Finding finding={finding} scope={scope} />
        </li>
      ))}
    </ul>
  );
}

export function Finding({ finding, scope }: { finding: FindingWire; scope: string }) {
  return (
    <>
      <p className="max-w-180 break-words">
        <SaidText text={finding.statement} />
      </p>
      <p className="flex flex-wrap items-center gap-x-2 text-12 text-muted-foreground">
        <CertaintyMark certainty={finding.certainty} />
        <span>{confidenceWords[finding.confidence]}</span>
        <RuleNote rule={finding.rule} />
      </p>
      <EvidenceLinks evidence={finding.evidence} scope={scope} />
    </>
  );
}
