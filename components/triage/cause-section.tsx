import { Diff } from "@/components/layout/diff";
import { Section } from "@/components/layout/section";
import { Alert } from "@/components/ui/alert";
import type { FixProposalWire } from "@/lib/contracts/triage-phase";
import type { TriagePhasesWire } from "@/lib/contracts/triage-review";
import { CertaintyMark } from "./certainty-mark";
import { EvidenceLinks } from "./evidence-links";
import { RuleNote } from "./rule-note";
import { LongText, SaidText } from "./said-text";
import { diffOf } from "./suspect-section";
import { confidenceWords } from "./triage-words";

/** What the run proposes: the likely cause and how sure that is, what speaks against it, and where to change what. */
export function CauseSection({ phases, scope }: { phases: TriagePhasesWire; scope: string }) {
  const proposal = phases.propose;
  const check = phases.validate?.content;
  if (!proposal) return null;
  const { content } = proposal;
  const finding = content.findings[0];
  const certainty = proposal.made_by === "agent" ? "model" : (finding?.certainty ?? "inference");
  return (
    <Section title="Likely cause" count={check ? confidenceWords[check.confidence] : undefined}>
      <p className="max-w-180 break-words">
        <LongText text={content.likely_cause || "No cause was found."} />
      </p>
      <p className="-mt-1.5 flex flex-wrap items-center gap-x-2 text-12 text-muted-foreground">
        <CertaintyMark certainty={certainty} />
        {finding ? <RuleNote rule={finding.rule} /> : null}
      </p>
      {finding ? <EvidenceLinks evidence={finding.evidence} scope={scope} /> : null}
      {check && check.contradictions.length > 0 ? (
        <Alert
          tone="waiting"
          title={check.contradictions.length === 1 ? "This speaks against it:" : "These speak against it:"}
        >
          <ul className="mt-0.5 list-disc pl-4">
            {check.contradictions.map((each) => (
              <li key={each} className="break-words">
                <SaidText text={each} />
              </li>
            ))}
          </ul>
        </Alert>
      ) : null}
      {content.recommended_fix ? (
        <div>
          <h3 className="text-12 font-medium text-muted-foreground">Recommended fix</h3>
          <p className="max-w-180 break-words whitespace-pre-wrap">
            <LongText text={content.recommended_fix} />
          </p>
        </div>
      ) : null}
      <FixPoints points={content.fix_points} scope={scope} />
      {content.patch ? <Sketch patch={content.patch} /> : null}
    </Section>
  );
}

function FixPoints({ points, scope }: { points: FixProposalWire["fix_points"]; scope: string }) {
  if (points.length === 0) return null;
  return (
    <ul aria-label="Where to change it" className="flex flex-col gap-0.5">
      {points.map((point) => (
        <li key={`${point.path}:${point.line} ${point.why}`} className="min-w-0 break-words">
          <EvidenceLinks
            scope={scope}
            evidence={[
              { kind: "code", path: point.path, from_line: point.line ?? 1, to_line: point.line ?? 1 },
            ]}
          />
          <SaidText text={point.why} />
        </li>
      ))}
    </ul>
  );
}

function Sketch({ patch }: { patch: NonNullable<FixProposalWire["patch"]> }) {
  return (
    <div className="min-w-0">
      <p className="mb-0.5 text-12 text-muted-foreground">
        A sketch by the rule <RuleNote rule={patch.rule} />, never applied and never run.
        <span className="block font-mono break-all text-foreground">
          {patch.path}:{patch.from_line}
        </span>
      </p>
      <Diff label="Patch sketch" lines={diffOf(patch)} />
    </div>
  );
}
