import { describe, expect, it } from "vitest";
import { type Attestation, isOpen, judgeReadiness, readinessGroups } from "./production-readiness";
import { isOwnedControl, readinessControls } from "./readiness-controls";
import type { ReadinessFacts } from "./readiness-facts";

const day = 86_400_000;
const now = 1_000 * day;
/** A deployment on which everything that can be seen holds. */
const sound: ReadinessFacts = {
  inventory: { runtimes: 1, staleRuntimes: 0, sources: 2, enabledSources: 2, unreadySources: 0 },
  posture: { high: 0, total: 1 },
  probes: { lastAtMs: now - day, failed: 0 },
  scenarios: { lastAtMs: now - day, unproved: 0 },
  metrics: { evaluable: 4, breached: 0, drifted: 0 },
  receipts: { evaluable: true, breached: false, rate: 1 },
  reassessments: { scopes: 1, ran: 1, overdue: 0 },
  cards: { total: 3, missingFields: 0, overdueReviews: 0 },
  report: { lastAtMs: now - day },
  audit: { sealedEntries: 9, unsealed: 0, oldestUnsealedAtMs: null, rolesApart: true, agreesWithHost: true },
  witness: { named: true, lastSentAtMs: now - 60_000, intervalMs: 60_000 },
  policy: {
    ...{
      highRiskNeedsApproval: true,
      blocksUnready: true,
      redactionProfile: "standard",
      redactionKnown: true,
    },
    ...{ retentionFindings: 0, external: 1, externalWithoutApproval: 0 },
  },
  notifications: { enabled: true, tellsApprovals: true, canSend: true },
  people: { deciders: 2, admins: 1, adminsWithoutSecondFactor: 0 },
  duties: { approvalsDue: 0, failedDeliveries: 0, breakGlassOpen: 0, breakGlassOverdue: 0 },
};
const judged = (facts: ReadinessFacts, attestations: Attestation[] = []) =>
  judgeReadiness(readinessControls, facts, attestations, now);
const stateOf = (controlId: string, facts: Partial<ReadinessFacts>) => {
  const found = judged({ ...sound, ...facts }).find((each) => each.controlId === controlId);
  return [found?.state, found?.nextStep !== null];
};

describe("the map", () => {
  it("has every group, and no control twice", () => {
    const ids = readinessControls.map((each) => each.controlId);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...new Set(readinessControls.map((each) => each.group))]).toEqual(readinessGroups);
  });

  it("of a sound deployment everything that can be seen is met, and nothing else is said to hold", () => {
    const controls = judged(sound);
    for (const control of controls) {
      expect([control.controlId, control.state]).toEqual([
        control.controlId,
        isOwnedControl(control.controlId) ? "customer_owned" : "met",
      ]);
      expect(isOpen(control)).toBe(isOwnedControl(control.controlId));
      if (control.state === "met") expect(control.evidence.length).toBeGreaterThan(0);
    }
  });
});

describe.each<
  [string, Array<[string, Partial<ReadinessFacts>, "met" | "attention" | "not_evaluable", boolean]>]
>([
  [
    "authority_inventory",
    [["a stale runtime", { inventory: { ...sound.inventory, staleRuntimes: 1 } }, "attention", true]],
  ],
  ["posture", [["a grave finding", { posture: { high: 1, total: 1 } }, "attention", true]]],
  [
    "probes",
    [
      ["never run", { probes: { lastAtMs: null, failed: 0 } }, "not_evaluable", true],
      ["run long ago", { probes: { lastAtMs: now - 31 * day, failed: 0 } }, "attention", true],
      ["failed", { probes: { lastAtMs: now, failed: 1 } }, "attention", true],
    ],
  ],
  [
    "scenarios",
    [
      ["never played", { scenarios: { lastAtMs: null, unproved: 0 } }, "not_evaluable", true],
      ["unproved", { scenarios: { lastAtMs: now, unproved: 2 } }, "attention", true],
    ],
  ],
  [
    "governance_metrics",
    [
      ["nothing to measure", { metrics: { evaluable: 0, breached: 0, drifted: 0 } }, "not_evaluable", false],
      ["one breached", { metrics: { evaluable: 1, breached: 1, drifted: 0 } }, "attention", true],
      ["one drifted", { metrics: { evaluable: 1, breached: 0, drifted: 1 } }, "attention", true],
    ],
  ],
  [
    "receipts",
    [
      ["too few", { receipts: { evaluable: false, breached: false, rate: 1 } }, "not_evaluable", false],
      ["some without proof", { receipts: { evaluable: true, breached: true, rate: 0.5 } }, "attention", true],
    ],
  ],
  [
    "reassessment",
    [
      ["overdue", { reassessments: { scopes: 2, ran: 2, overdue: 1 } }, "attention", true],
      ["not yet", { reassessments: { scopes: 2, ran: 1, overdue: 0 } }, "not_evaluable", true],
    ],
  ],
  [
    "deployment_cards",
    [
      ["a missing field", { cards: { total: 1, missingFields: 1, overdueReviews: 0 } }, "attention", true],
      ["an overdue review", { cards: { total: 1, missingFields: 0, overdueReviews: 1 } }, "attention", true],
    ],
  ],
  ["assessment_report", [["never made", { report: { lastAtMs: null } }, "not_evaluable", true]]],
  [
    "audit_sealed",
    [
      ["another history", { audit: { ...sound.audit, agreesWithHost: false } }, "attention", true],
      [
        ...([
          "entries that wait",
          { audit: { ...sound.audit, unsealed: 3, oldestUnsealedAtMs: now - day } },
        ] as const),
        ...(["attention", true] as const),
      ],
      [
        "entries of this moment",
        { audit: { ...sound.audit, unsealed: 3, oldestUnsealedAtMs: now - 1_000 } },
        "met",
        false,
      ],
      ["nothing sealed", { audit: { ...sound.audit, sealedEntries: 0 } }, "not_evaluable", true],
    ],
  ],
  [
    "high_risk_approval",
    [["off", { policy: { ...sound.policy, highRiskNeedsApproval: false } }, "attention", true]],
  ],
  [
    "external_approval",
    [["one without", { policy: { ...sound.policy, externalWithoutApproval: 1 } }, "attention", true]],
  ],
  ["unready_blocked", [["off", { policy: { ...sound.policy, blocksUnready: false } }, "attention", true]]],
  [
    "redaction",
    [["an unknown profile", { policy: { ...sound.policy, redactionKnown: false } }, "attention", true]],
  ],
  ["retention", [["for ever", { policy: { ...sound.policy, retentionFindings: 1 } }, "attention", true]]],
  [
    "sources_ready",
    [
      ["none", { inventory: { ...sound.inventory, enabledSources: 0 } }, "not_evaluable", false],
      ["one lacking", { inventory: { ...sound.inventory, unreadySources: 1 } }, "attention", true],
    ],
  ],
  ["audit_role", [["one role", { audit: { ...sound.audit, rolesApart: false } }, "attention", true]]],
  [
    "audit_witness",
    [
      ["nobody", { witness: { ...sound.witness, named: false } }, "attention", true],
      ["never told", { witness: { ...sound.witness, lastSentAtMs: null } }, "not_evaluable", true],
      ["told long ago", { witness: { ...sound.witness, lastSentAtMs: now - 3 * day } }, "attention", true],
    ],
  ],
  [
    "second_factor",
    [["one without", { people: { ...sound.people, adminsWithoutSecondFactor: 1 } }, "attention", true]],
  ],
  [
    "notifications",
    [
      ["off", { notifications: { ...sound.notifications, enabled: false } }, "attention", true],
      [
        "nothing to carry them",
        { notifications: { ...sound.notifications, canSend: false } },
        "attention",
        true,
      ],
    ],
  ],
  ["deciders", [["one", { people: { ...sound.people, deciders: 1 } }, "attention", true]]],
  [
    "approvals_answered",
    [["one waits", { duties: { ...sound.duties, approvalsDue: 1 } }, "attention", true]],
  ],
  [
    "deliveries_settled",
    [["one failed", { duties: { ...sound.duties, failedDeliveries: 1 } }, "attention", true]],
  ],
  [
    "break_glass_reviewed",
    [["one open", { duties: { ...sound.duties, breakGlassOpen: 1 } }, "attention", true]],
  ],
])("%s", (controlId, cases) => {
  it.each(cases)("%s", (_, facts, state, hasNext) => {
    expect(stateOf(controlId, facts)).toEqual([state, hasNext]);
  });
});

describe("what the customer owns", () => {
  const attested = (fields: Partial<Attestation> = {}): Attestation => ({
    ...{
      attestationId: "a",
      controlId: "backups",
      note: "Nightly",
      actor: { kind: "user", id: "ada", name: "Ada" },
    },
    ...{ attestedAtMs: now - day, expiresAtMs: now + day, withdrawnAtMs: null },
    ...fields,
  });
  it.each<[string, Attestation[], string | null, boolean]>([
    ["nobody vouches", [], null, true],
    ["somebody does", [attested()], "a", false],
    ["until its day", [attested({ expiresAtMs: now })], "a", true],
    ["it was taken back", [attested({ withdrawnAtMs: now })], null, true],
    ["the newest counts", [attested(), attested({ attestationId: "b", attestedAtMs: now })], "b", false],
    ["another control's says nothing", [attested({ controlId: "on_call" })], null, true],
  ])("%s", (_, attestations, expected, open) => {
    const control = judged(sound, attestations).find((each) => each.controlId === "backups");
    expect(control?.state).toBe("customer_owned");
    expect(control?.acknowledgement?.attestationId ?? null).toBe(expected);
    expect(control && isOpen(control)).toBe(open);
    expect(control?.nextStep === null).toBe(!open);
  });
});
