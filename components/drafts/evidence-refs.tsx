import { EvidenceLink } from "@/components/evidence/evidence-link";

/** References of a draft: what the monitor kept opens here, plain web addresses open there, the rest is text. */
export function EvidenceRefs({ references }: { references: readonly string[] }) {
  if (references.length === 0) return null;
  return (
    <ul aria-label="References" className="flex flex-col gap-0.5">
      {references.map((reference) => (
        <li key={reference} className="min-w-0 font-mono text-12 leading-5 break-all">
          <EvidenceLink reference={reference} />
        </li>
      ))}
    </ul>
  );
}
