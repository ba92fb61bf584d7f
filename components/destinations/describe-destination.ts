import { type DescribedRow, jsonWords, listWords, yesNo } from "@/components/settings/described";
import type { DestinationWire } from "@/lib/contracts/config";
import { destinationKinds } from "./kinds";
import { allowedHostsOf, flagOf, numberOf, webhookNumbers } from "./webhook-settings";

/** A destination as a person reads it before saving. Names of secrets only; there are no values here. */
export function describeDestination(row: DestinationWire): DescribedRow {
  const config = row.config;
  const numbers = webhookNumbers.map(({ key, label, unit }) => {
    const value = numberOf(config, key);
    return { label, value: value === undefined ? "" : `${value} ${unit}` };
  });
  return {
    id: `destination:${row.destination_id}`,
    kind: "Destination",
    title: row.destination_id,
    fields: [
      { label: "Name", value: row.name },
      { label: "Kind", value: destinationKinds[row.kind].long },
      { label: "Enabled", value: yesNo(row.enabled) },
      { label: "Requires approval", value: yesNo(row.require_approval) },
      { label: "URL", value: row.webhook_url ?? "" },
      { label: "Signing secret", value: row.webhook_secret_ref ?? "" },
      { label: "Allowed hosts", value: listWords(allowedHostsOf(config)) },
      { label: "Plain HTTP", value: flagOf(config, "allow_insecure_http") ? "allowed" : "" },
      { label: "Private addresses", value: flagOf(config, "allow_private_networks") ? "allowed" : "" },
      ...numbers,
      { label: "Path", value: row.telemetry_path ?? "" },
      { label: "Repository", value: row.repo ?? "" },
      { label: "MCP server", value: row.mcp_server ?? "" },
      { label: "Team", value: row.linear_team ?? "" },
      { label: "Linear project", value: row.linear_project ?? "" },
      { label: "Tool", value: row.mcp_tool ?? "" },
      { label: "Memory category", value: row.memory_category ?? "" },
      ...otherSettings(config),
      { label: "Tags", value: listWords(row.route_tags) },
    ],
  };
}

const worded = new Set([
  ...webhookNumbers.map(({ key }) => key as string),
  ...["allowed_hosts", "host_allowlist", "allow_insecure_http", "allow_private_networks"],
]);

/** What a kind keeps in `config` besides, each under its own name, so that no change of it goes unseen. */
function otherSettings(config: DestinationWire["config"]) {
  return Object.entries(config ?? {})
    .filter(([key]) => !worded.has(key))
    .map(([key, value]) => ({
      label: `Setting ${key.replaceAll("_", " ")}`,
      value: typeof value === "string" ? value : jsonWords(value),
    }));
}
