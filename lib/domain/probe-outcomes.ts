import type { DestinationKind } from "./config";
import { type IntakeKey, refuseKeyUse, reportScope } from "./intake-key";
import { decidePermission, everyPermission, type Permission } from "./permission";
import type { PostureFinding } from "./posture-finding";
import { externalKinds } from "./posture-setting-rules";
import type { ProbeId, ProbeOutcome, ProbeTarget } from "./probe";

/** What each probe concludes from what its control answered. The controls are asked in the pipeline. */

type Seen = Omit<ProbeOutcome, "probeId" | "expected">;

const expectations: Readonly<Record<ProbeId, string>> = {
  approval_required_tool_policy:
    "Tools that change something outside need an approval policy or a required gate.",
  route_preview_high_risk_approval: "High risk that would reach an external destination needs a person.",
  destination_readiness_fail_closed: "A destination that is not ready is not published to.",
  scoped_intake_restriction: "A scoped key may report for its own project and do nothing else.",
  mcp_tool_allowlist: "Only tools that are named may be called, and MCP destinations can work.",
  webhook_url_policy: "A webhook goes to a vetted public HTTPS address, signed, and nowhere else.",
};
const inventory = (path: string) => ({ kind: "authority_inventory", path: `inventory.${path}` });

const outcome = (probeId: ProbeId, seen: Seen): ProbeOutcome => ({
  ...{ probeId, expected: expectations[probeId] },
  ...seen,
});

/** Nothing here that the control could be tried on. */
export function nothingToTry(probeId: ProbeId, observed: string): ProbeOutcome {
  const target = { kind: "deployment", id: "incident_monitor" };
  return outcome(probeId, { target, observed, status: "blocked", evidence: [inventory("counts")] });
}

const ofFinding = (probeId: ProbeId, finding: PostureFinding): ProbeOutcome => {
  const [subject] = finding.affectedObjects;
  return outcome(probeId, {
    target: { kind: subject?.kind ?? "posture_finding", id: subject?.id ?? finding.findingId },
    ...{ observed: `${finding.title}. ${finding.detail}`, status: "fail", sourceFinding: finding },
    evidence: finding.evidencePaths.map((path) => ({ kind: "authority_inventory", path })),
  });
};

/** `catches`: a made-up agent with a mutating tool was found, and one that only reads was not. */
export function toolPolicyOutcomes(findings: readonly PostureFinding[], catches: boolean): ProbeOutcome[] {
  const probeId = "approval_required_tool_policy";
  const target = { kind: "tool_policy", id: "synthetic_agent" };
  if (!catches) {
    const observed = "A made-up agent that may send mail without approval was let through.";
    return [
      outcome(probeId, { target, observed, status: "fail", evidence: [inventory("automation_specs")] }),
    ];
  }
  if (findings.length > 0) return findings.map((finding) => ofFinding(probeId, finding));
  const observed =
    "No agent or node may change things outside without a person; a made-up one that may was caught.";
  return [outcome(probeId, { target, observed, status: "pass", evidence: [inventory("automation_specs")] })];
}

/** What the router answered to the synthetic high-risk report. */
export type HighRiskAnswer = {
  target: ProbeTarget;
  /** Of the destinations it would go to; those that nobody configured are left out. */
  destinations: ReadonlyArray<{ destinationId: string; name: string; kind: DestinationKind }>;
  approvalRequired: boolean;
};

export function highRiskOutcomes(answers: readonly HighRiskAnswer[]): ProbeOutcome[] {
  const probeId = "route_preview_high_risk_approval";
  const routed = answers.filter((each) => each.destinations.length > 0);
  if (routed.length === 0) return [nothingToTry(probeId, "No destination takes the synthetic report.")];
  return routed.map(({ target, destinations, approvalRequired }) => {
    const external = destinations.filter((each) => externalKinds.includes(each.kind));
    const named = (rows: typeof destinations) =>
      rows.map((each) => each.name || each.destinationId).join(", ");
    const passes = approvalRequired || external.length === 0;
    const observed = approvalRequired
      ? `Would go to ${named(destinations)}, once a person has approved it.`
      : external.length === 0
        ? `Would go to ${named(destinations)}: nothing that leaves this deployment.`
        : `Would leave for ${named(external)} without a person.`;
    return outcome(probeId, {
      ...{ target, observed, status: passes ? "pass" : "fail" },
      evidence: destinations.map((each) => inventory(`destinations.${each.destinationId}`)),
    });
  });
}

/** What the adapter said of one destination, and the router when it was asked to publish there. */
export type ReadinessAnswer = {
  destinationId: string;
  name: string;
  ready: boolean;
  /** Codes of what stands in the way. */
  missing: readonly string[];
  /** The router refused to publish there. */
  refused: boolean;
};

export function readinessOutcomes(
  answers: readonly ReadinessAnswer[],
  blocksUnready: boolean,
): ProbeOutcome[] {
  const probeId = "destination_readiness_fail_closed";
  if (answers.length === 0) return [nothingToTry(probeId, "No external destination is enabled.")];
  return answers.map(({ destinationId, name, ready, missing, refused }) => {
    const holds = ready || (blocksUnready && refused);
    const why = missing.join(", ");
    const observed = ready
      ? "Its adapter says that it is ready."
      : holds
        ? `Not ready (${why}); the router refused to publish there.`
        : blocksUnready
          ? `Not ready (${why}), and the router would publish there.`
          : `Not ready (${why}), and stopping at unready destinations is off.`;
    return outcome(probeId, {
      ...{ target: { kind: "destination", id: destinationId, name }, observed },
      status: holds ? "pass" : "fail",
      evidence: [
        inventory(`destinations.${destinationId}`),
        inventory("incident_monitor.safety_defaults.block_unready_destinations"),
      ],
    });
  });
}

/** Each enabled key is held against every permission there is, and against a project that is not its own. */
export function keyOutcomes(keys: readonly IntakeKey[], nowMs: number): ProbeOutcome[] {
  const probeId = "scoped_intake_restriction";
  const live = keys.filter((key) => key.enabled && (key.expiresAtMs === null || key.expiresAtMs > nowMs));
  if (live.length === 0) return [nothingToTry(probeId, "No scoped key is enabled.")];
  return live.map((key) => {
    const { keyId, name, projectId } = key;
    const allowed = permissionsOfKey(key);
    const elsewhere = refuseKeyUse(key, { projectId: `${projectId}#another`, nowMs }) === null;
    const scopesHold = key.scopes.length === 1 && key.scopes[0] === reportScope;
    const holds = scopesHold && !elsewhere && allowed.every((each) => each === "intake");
    const observed = holds
      ? `${everyPermission.length} permissions were tried: reporting is allowed and nothing else; another project was refused.`
      : [
          ...(scopesHold
            ? []
            : [`Its scopes are ${key.scopes.length === 0 ? "empty" : key.scopes.join(", ")}`]),
          ...(elsewhere ? ["it reports for another project"] : []),
          ...allowed.filter((each) => each !== "intake").map((each) => `it may ${each}`),
        ].join("; ");
    return outcome(probeId, {
      ...{ target: { kind: "scoped_intake_key", id: keyId, name, projectId }, observed },
      ...{ status: holds ? "pass" : "fail", evidence: [inventory(`scoped_intake_keys.${keyId}`)] },
    });
  });
}

function permissionsOfKey({ keyId, name, projectId, sourceIds }: IntakeKey): Permission[] {
  const actor = { kind: "intakeKey", keyId, name, projectId, sourceIds } as const;
  return everyPermission.filter((permission) => decidePermission(actor, permission, projectId).allowed);
}

/** What an MCP destination's adapter said, and its server's list when it was asked for a tool that nobody named. */
export type McpAnswer = {
  destinationId: string;
  name: string;
  missing: readonly string[];
  /** The tool that nobody named could be chosen. */
  opensUnnamed: boolean;
};

export function mcpOutcomes(
  findings: readonly PostureFinding[],
  answers: readonly McpAnswer[],
): ProbeOutcome[] {
  const probeId = "mcp_tool_allowlist";
  const found = findings.map((finding) => ofFinding(probeId, finding));
  const tried = answers.map(({ destinationId, name, missing, opensUnnamed }) => {
    const holds = missing.length === 0 && !opensUnnamed;
    const observed = opensUnnamed
      ? "A tool that nobody named could be chosen."
      : holds
        ? "Its adapter says that it is ready; a tool that nobody named was refused."
        : `Not ready (${missing.join(", ")}); a tool that nobody named was refused.`;
    return outcome(probeId, {
      ...{ target: { kind: "destination", id: destinationId, name }, observed },
      ...{ status: holds ? "pass" : "fail", evidence: [inventory(`destinations.${destinationId}`)] },
    });
  });
  if (found.length + tried.length > 0) return [...found, ...tried];
  return [nothingToTry(probeId, "No MCP destination is enabled.")];
}

/** What a webhook's adapter said of its own URL, and of addresses that it must refuse. */
export type WebhookAnswer = {
  destinationId: string;
  name: string;
  missing: readonly string[];
  tried: number;
  /** What kinds of address it would have gone to. */
  letThrough: readonly string[];
};

export function webhookOutcomes(answers: readonly WebhookAnswer[]): ProbeOutcome[] {
  const probeId = "webhook_url_policy";
  if (answers.length === 0) return [nothingToTry(probeId, "No webhook destination is enabled.")];
  return answers.map(({ destinationId, name, missing, tried, letThrough }) => {
    const holds = missing.length === 0 && letThrough.length === 0;
    const refusals = `${tried} dangerous addresses were tried in its place and refused`;
    const observed =
      letThrough.length > 0
        ? `With its settings it would go to: ${letThrough.join(", ")}.`
        : holds
          ? `Its own address is allowed and it can sign; ${refusals}.`
          : `Not ready (${missing.join(", ")}); ${refusals}.`;
    return outcome(probeId, {
      ...{ target: { kind: "destination", id: destinationId, name }, observed },
      ...{ status: holds ? "pass" : "fail", evidence: [inventory(`destinations.${destinationId}`)] },
    });
  });
}
