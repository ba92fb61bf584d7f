import type { DestinationKind } from "./config";

const besideLedger =
  "it is kept in the database of the ledger, where whoever rewrites the one rewrites the other";
const tracker = "every checkpoint would be an issue, which its tracker lets people edit and delete";

const faults: Record<Exclude<DestinationKind, "webhook">, string> = {
  telemetry: besideLedger,
  internal_memory: besideLedger,
  github_issue: tracker,
  linear_issue: tracker,
  mcp_tool: "its tool is called with a draft's values, and a checkpoint has none",
};

/** Why a destination of this kind can be no witness of the audit ledger; null for a webhook, which can. */
export const witnessFault = (kind: DestinationKind): string | null =>
  kind === "webhook" ? null : faults[kind];
