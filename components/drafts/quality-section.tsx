import { GateList } from "@/components/incidents/gate-list";
import { Section } from "@/components/layout/section";
import type { QualityGateWire } from "@/lib/contracts/record-values";
import { Disclosure } from "./disclosure";

/** Whether the report held enough to act on. What failed is shown at once, what passed on demand. */
export function QualitySection({ gate }: { gate: QualityGateWire }) {
  return (
    <Section
      title="Quality gate"
      count={`${gate.passed ? "passed" : "blocked"}, ${gate.passed_count} of ${gate.total_count}`}
    >
      {gate.blocked_reason ? <p>{gate.blocked_reason}</p> : null}
      {gate.passed ? (
        <Disclosure summary={`What was checked`} className="-mt-1.5">
          <div className="pt-1 pl-4.5">
            <GateList gate={gate} />
          </div>
        </Disclosure>
      ) : (
        <GateList gate={gate} />
      )}
    </Section>
  );
}
