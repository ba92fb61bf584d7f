import type {
  AttestationWire,
  ProductionReadinessWire,
  ReadinessControlWire,
} from "@/lib/contracts/readiness";
import {
  type Attestation,
  isOpen,
  type ReadinessControl,
  type ReadinessState,
} from "@/lib/domain/production-readiness";
import { governanceScope } from "./governance";

export function productionReadinessToWire(
  controls: readonly ReadinessControl[],
  nowMs: number,
): ProductionReadinessWire {
  const of = (state: ReadinessState) => controls.filter((each) => each.state === state);
  return {
    ...{ schema_version: 1, generated_at_ms: nowMs },
    scope: governanceScope("incident_monitor_production_readiness"),
    counts: {
      ...{ controls: controls.length, met: of("met").length, attention: of("attention").length },
      ...{ not_evaluable: of("not_evaluable").length, customer_owned: of("customer_owned").length },
      acknowledged: of("customer_owned").filter((each) => !isOpen(each)).length,
      open: controls.filter(isOpen).length,
    },
    controls: controls.map(controlToWire),
  };
}

const controlToWire = (control: ReadinessControl): ReadinessControlWire => ({
  ...{ control_id: control.controlId, group: control.group, title: control.title, state: control.state },
  ...{ why: control.why, next_step: control.nextStep, evidence: control.evidence },
  acknowledgement: control.acknowledgement && attestationToWire(control.acknowledgement),
});

export const attestationToWire = (attestation: Attestation & { lapsed?: boolean }): AttestationWire => ({
  ...{ attestation_id: attestation.attestationId, control_id: attestation.controlId, note: attestation.note },
  ...{ actor: attestation.actor, attested_at_ms: attestation.attestedAtMs },
  ...{ expires_at_ms: attestation.expiresAtMs, lapsed: attestation.lapsed ?? false },
});
