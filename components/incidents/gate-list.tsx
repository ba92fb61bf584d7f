import { FieldChecks } from "@/components/ui/field-checks";
import type { QualityGateWire } from "@/lib/contracts/record-values";
import { gateAdvice } from "./gate-advice";

/** The quality gate, check by check; what failed comes first, with what would pass it. */
export function GateList({ gate, failedOnly = false }: { gate: QualityGateWire; failedOnly?: boolean }) {
  const gates = [...gate.gates].sort((a, b) => Number(a.passed) - Number(b.passed));
  return (
    <FieldChecks
      checks={gates
        .filter((each) => !failedOnly || !each.passed)
        .map((each) => ({
          key: each.key,
          result: each.passed ? ("pass" as const) : ("fail" as const),
          what: each.passed ? each.label : `${each.label}: no.`,
          detail: each.passed ? each.detail : (gateAdvice(each.key) ?? each.detail),
        }))}
    />
  );
}
