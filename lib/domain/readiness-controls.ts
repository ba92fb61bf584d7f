import type { EvaluatedControl, OwnedControl } from "./production-readiness";
import { custodyControls } from "./readiness-custody";
import { dutyControls, owedDutyControls } from "./readiness-duties";
import { evidenceControls } from "./readiness-evidence";
import { policyControls } from "./readiness-policy";

/** In the order of the page: by group, what is judged before what is vouched for. */
export const readinessControls: ReadonlyArray<EvaluatedControl | OwnedControl> = [
  ...[...evidenceControls, ...policyControls, ...custodyControls, ...dutyControls, ...owedDutyControls],
];

export const isOwnedControl = (controlId: string): boolean =>
  [...custodyControls, ...owedDutyControls].some((each) => each.controlId === controlId);
