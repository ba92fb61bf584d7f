import { namedLog } from "@/components/incidents/incident-state";
import { CodeBlock } from "@/components/layout/code-block";
import { Section } from "@/components/layout/section";
import { StackFrames } from "@/components/layout/stack-frames";
import { RedactedText } from "@/components/state/redacted-text";
import type { DraftWire } from "@/lib/contracts/draft";
import { counted } from "./draft-words";
import { EvidenceLines } from "./evidence-lines";
import { EvidenceRefs } from "./evidence-refs";
import { parseDetail } from "./parse-detail";
import { parseEvidence } from "./parse-evidence";
import { ReportedFields } from "./reported-fields";

/** What was reported, as it is stored: the stack, the lines, the reporter's words, the links and the fields. */
export function EvidenceSection({ draft }: { draft: DraftWire }) {
  const { fields, words } = parseDetail(draft.detail ?? "");
  const excerpt = parseEvidence(draft.excerpt);
  // A report often carries its stack in its detail; then the words around it are what is left.
  const told = excerpt.frames.length === 0 ? parseEvidence(words.split("\n")) : null;
  const stack = told && told.frames.length > 0 ? told : excerpt;
  const text = told && told.frames.length > 0 ? told.lines.map((line) => line.text).join("\n") : words;
  const file = fields.find((field) => field.name === "file")?.value;
  const none = draft.excerpt.length === 0 && words === "" && draft.evidence_refs.length === 0;
  return (
    <Section
      title="Evidence"
      count={none ? "none was given" : undefined}
      aside={<RedactionCount redactions={draft.redactions} />}
    >
      {stack.frames.length > 0 ? (
        <CodeBlock
          label="Stack"
          title={
            stack.failure ? (
              <>
                <span className="font-medium text-foreground">{stack.failure.type}</span>{" "}
                <RedactedText text={stack.failure.message} />
              </>
            ) : (
              "Stack"
            )
          }
        >
          <StackFrames frames={stack.frames} />
        </CodeBlock>
      ) : null}
      {text ? (
        <p className="max-w-180 break-words whitespace-pre-wrap">
          <RedactedText text={text} />
        </p>
      ) : null}
      {excerpt.lines.length > 0 ? (
        <CodeBlock
          label="Reported lines"
          title={file ?? namedLog(draft) ?? "Reported lines"}
          meta={counted(excerpt.lines.length, "line")}
          copy={draft.excerpt.join("\n")}
        >
          <EvidenceLines lines={excerpt.lines} />
        </CodeBlock>
      ) : null}
      <EvidenceRefs references={draft.evidence_refs} />
      <ReportedFields fields={fields} />
    </Section>
  );
}

function RedactionCount({ redactions }: { redactions: DraftWire["redactions"] }) {
  const kinds = Object.entries(redactions).filter(([, count]) => count > 0);
  const total = kinds.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return <>nothing needed redaction</>;
  const words = kinds.map(([kind, count]) => `${count} ${kind.replaceAll(/[_-]/g, " ")}`).join(", ");
  return (
    <span title={words}>
      {counted(total, "value")} redacted before storage
      <span className="sr-only">: {words}</span>
    </span>
  );
}
