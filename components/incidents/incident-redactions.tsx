import { Section } from "@/components/layout/section";
import { Redaction } from "@/components/state/redaction";
import type { IncidentWire } from "@/lib/contracts/incident";

/** Which values were blacked out before this was stored, by kind and number. */
export function IncidentRedactions({ redactions }: { redactions: IncidentWire["redactions"] }) {
  const kinds = Object.entries(redactions).filter(([, count]) => count > 0);
  const total = kinds.reduce((sum, [, count]) => sum + count, 0);
  return (
    <Section title="Redactions" count={total === 0 ? "none were needed" : `${total} before storage`}>
      {kinds.length > 0 ? (
        <ul className="flex flex-wrap gap-x-4 gap-y-1.5">
          {kinds.map(([kind, count]) => (
            <li key={kind} className="flex items-center gap-1.5 text-12">
              <Redaction kind={kind.replaceAll(/[_-]/g, " ")} />
              {count}×
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}
