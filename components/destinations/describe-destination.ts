import { type DescribedRow, listWords, yesNo } from "@/components/settings/described";
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
      { label: "Tags", value: listWords(row.route_tags) },
    ],
  };
}
