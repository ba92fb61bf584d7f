import { Section } from "@/components/layout/section";
import type { QualityGateWire } from "@/lib/contracts/record-values";
import { GateList } from "./gate-list";

/** The intake gate, check by check. */
export function IncidentGate({ gate }: { gate: QualityGateWire }) {
  return (
    <Section title="Quality gate" count={`${gate.passed_count} of ${gate.total_count}`}>
      <GateList gate={gate} />
    </Section>
  );
}
