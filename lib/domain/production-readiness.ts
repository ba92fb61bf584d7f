import type { ActorRef } from "./actor";
import type { ReadinessFacts } from "./readiness-facts";

/**
 * The map from what this product shows to what has to hold before it is relied on. What the product can see it judges;
 * what only the customer can know is theirs to vouch for, and the product never says that it holds.
 */
export const readinessGroups = [
  ...(["shipped_evidence", "deployment_policy", "customer_owned_custody", "response_duties"] as const),
] as const;
export type ReadinessGroup = (typeof readinessGroups)[number];

export const readinessStates = ["met", "attention", "not_evaluable", "customer_owned"] as const;
export type ReadinessState = (typeof readinessStates)[number];

/** A page of this product that shows it. */
export type ReadinessEvidence = { surface: string; path: string };

/** What is found of a control by looking. */
export type ReadinessVerdict = {
  state: Exclude<ReadinessState, "customer_owned">;
  why: string;
  nextStep: string | null;
};

type Described = { controlId: string; group: ReadinessGroup; title: string; evidence: ReadinessEvidence[] };
export type EvaluatedControl = Described & {
  judge: (facts: ReadinessFacts, nowMs: number) => ReadinessVerdict;
};
/** Nothing here can be seen from inside: somebody says that it is so, until a day. */
export type OwnedControl = Described & { vouch: string; nextStep: string };

/** That somebody vouched for a control. */
export type Attestation = {
  attestationId: string;
  controlId: string;
  note: string;
  actor: ActorRef;
  attestedAtMs: number;
  expiresAtMs: number;
  withdrawnAtMs: number | null;
};
export const attestationDays = { default: 90, max: 366 } as const;

export type ReadinessControl = Described & {
  state: ReadinessState;
  why: string;
  nextStep: string | null;
  /** Only of what the customer owns: the newest that was not taken back. */
  acknowledgement: (Attestation & { lapsed: boolean }) | null;
};

/** Every control as it stands: each is judged for itself, in the list's order. */
export function judgeReadiness(
  controls: ReadonlyArray<EvaluatedControl | OwnedControl>,
  facts: ReadinessFacts,
  attestations: readonly Attestation[],
  nowMs: number,
): ReadinessControl[] {
  return controls.map((control) => {
    const { controlId, group, title, evidence } = control;
    const shown = { controlId, group, title, evidence };
    if ("judge" in control) return { ...shown, ...control.judge(facts, nowMs), acknowledgement: null };
    const newest = newestOf(attestations, controlId);
    const lapsed = newest !== null && nowMs >= newest.expiresAtMs;
    return {
      ...{ ...shown, state: "customer_owned", why: control.vouch },
      nextStep: newest && !lapsed ? null : control.nextStep,
      acknowledgement: newest && { ...newest, lapsed },
    };
  });
}

function newestOf(attestations: readonly Attestation[], controlId: string): Attestation | null {
  const standing = attestations.filter((each) => each.controlId === controlId && each.withdrawnAtMs === null);
  return standing.sort((one, other) => other.attestedAtMs - one.attestedAtMs)[0] ?? null;
}

/** Does somebody have to do something about it? What cannot be judged yet is open too. */
export function isOpen({ state, acknowledgement }: ReadinessControl): boolean {
  if (state === "customer_owned") return acknowledgement === null || acknowledgement.lapsed;
  return state !== "met";
}

export const met = (why: string): ReadinessVerdict => ({ state: "met", why, nextStep: null });
export const attention = (why: string, nextStep: string): ReadinessVerdict => ({
  state: "attention",
  why,
  nextStep,
});
export const notEvaluable = (why: string, nextStep: string | null = null): ReadinessVerdict => ({
  ...{ state: "not_evaluable", why, nextStep },
});
