import { Activity, Brain, CircleDot, type LucideIcon, SquareKanban, Webhook, Wrench } from "lucide-react";
import type { DestinationWire } from "@/lib/contracts/config";

export type DestinationKind = DestinationWire["kind"];
export type KindLook = { word: string; long: string; Icon: LucideIcon };

export const destinationKinds: Record<DestinationKind, KindLook> = {
  webhook: { word: "Webhook", long: "Signed webhook", Icon: Webhook },
  telemetry: { word: "Telemetry", long: "Local telemetry", Icon: Activity },
  github_issue: { word: "GitHub", long: "GitHub issues", Icon: CircleDot },
  linear_issue: { word: "Linear", long: "Linear issues", Icon: SquareKanban },
  mcp_tool: { word: "MCP tool", long: "MCP tool", Icon: Wrench },
  internal_memory: { word: "Memory", long: "Internal memory", Icon: Brain },
};

export const kindNames = Object.keys(destinationKinds) as DestinationKind[];

/** What the list says under the name: where it leads, in mono. */
export function targetOf(row: DestinationWire): string {
  switch (row.kind) {
    case "webhook":
      return row.webhook_url || "no URL yet";
    case "telemetry":
      return row.telemetry_path ?? "incident-monitor/telemetry";
    case "github_issue":
      return row.repo ?? "no repository";
    case "linear_issue":
      return [
        row.linear_team && `team ${row.linear_team}`,
        row.linear_project && `project ${row.linear_project}`,
      ]
        .filter(Boolean)
        .join(", ");
    case "mcp_tool":
      return [row.mcp_server, row.mcp_tool].filter(Boolean).join(" / ");
    case "internal_memory":
      return row.memory_category ?? "failure_pattern";
  }
}
