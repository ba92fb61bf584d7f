import type { EvaluatedControl, OwnedControl, ReadinessGroup } from "./production-readiness";

/** "1 entry", "3 entries". */
export const times = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
/** The safety defaults with the focus on one field. */
export const safety = (field: string) => `/settings/incident-monitor/safety?field=safety_defaults.${field}`;

/** A control that is judged by looking. */
export function control(
  group: ReadinessGroup,
  controlId: string,
  title: string,
  [surface, path]: readonly [string, string],
  judge: EvaluatedControl["judge"],
): EvaluatedControl {
  return { controlId, group, title, evidence: [{ surface, path }], judge };
}

/** A control that only the customer can vouch for. */
export const owned = (
  group: ReadinessGroup,
  controlId: string,
  title: string,
  vouch: string,
  nextStep: string,
): OwnedControl => ({
  ...{ controlId, group, title, vouch, nextStep, evidence: [] },
});
