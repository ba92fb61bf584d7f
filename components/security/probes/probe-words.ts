import type { ProbeResultWire } from "@/lib/contracts/probe";
import { destinationsPath, routingPath, sourcesPath } from "@/lib/paths";

/** What a probe is called, and what it does. */
export const probeWords: Readonly<Record<string, { name: string; does: string }>> = {
  approval_required_tool_policy: {
    name: "Tool policy",
    does: "Shows the rule a made-up agent that may send mail, and looks at every registered one.",
  },
  route_preview_high_risk_approval: {
    name: "High risk needs a person",
    does: "Sends a synthetic high-risk report through the router: by default, from each project, and to each external destination by name.",
  },
  destination_readiness_fail_closed: {
    name: "Unready destinations are refused",
    does: "Asks each adapter whether it is ready, and the router whether it would publish there all the same.",
  },
  scoped_intake_restriction: {
    name: "Scoped keys only report",
    does: "Holds each key against every permission and against a project that is not its own.",
  },
  mcp_tool_allowlist: {
    name: "MCP tools by name",
    does: "Asks each MCP destination's server for a tool that nobody named.",
  },
  webhook_url_policy: {
    name: "Webhook addresses",
    does: "Puts dangerous addresses in place of each webhook's own and sees them refused. Nothing is sent.",
  },
};

export const probeName = (probeId: string): string => probeWords[probeId]?.name ?? probeId;
export const probeIds: readonly string[] = Object.keys(probeWords);

/** Results by probe, in the order of the probes; each probe's failures first. */
export function byProbe(results: readonly ProbeResultWire[]) {
  const known = [...probeIds, ...new Set(results.map((each) => each.probe_id))];
  return [...new Set(known)].flatMap((probeId) => {
    const rows = results.filter((each) => each.probe_id === probeId);
    return rows.length > 0 ? [{ probeId, rows }] : [];
  });
}

type Look = { word: string; tone: "passed" | "failed" | "idle"; glyph: "granted" | "denied" | "cancelled" };
export const statusLooks: Readonly<Record<ProbeResultWire["status"], Look>> = {
  pass: { word: "Passed", tone: "passed", glyph: "granted" },
  fail: { word: "Failed", tone: "failed", glyph: "denied" },
  blocked: { word: "Nothing to try", tone: "idle", glyph: "cancelled" },
};

const targetKinds: Readonly<Record<string, string>> = {
  destination: "Destination",
  project: "From project",
  route_preview: "By default",
  scoped_intake_key: "Key",
  tool_policy: "Tool policy",
  deployment: "This deployment",
  agent: "Agent",
  node: "Node",
};

export function targetWords({ kind, id, name }: ProbeResultWire["target"]): string {
  const word = targetKinds[kind] ?? kind;
  return ["route_preview", "deployment", "tool_policy"].includes(kind) ? word : `${word} ${name || id}`;
}

/** The screen where a target is set up; null where there is none. */
export function targetPath({ kind, id, project_id }: ProbeResultWire["target"]): string | null {
  if (kind === "destination") return destinationsPath({ id });
  if (kind === "project") return sourcesPath({ project: id });
  if (kind === "scoped_intake_key") return sourcesPath({ project: project_id });
  return kind === "route_preview" ? routingPath() : null;
}
