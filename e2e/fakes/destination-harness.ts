import type { Destination, DestinationKind } from "@/lib/domain/config";
import { sampleDestination } from "./sample-payload";
import type { WebhookReceiver } from "./webhook-receiver";

// For contract.test.ts alone: a new kind adds its line here and then passes the whole table.

/** How the table reaches a kind: a ready destination, and whether publishing talks to anything. */
export type Harness = {
  reach: "remote" | "local" | "unavailable";
  destination: (receiver: WebhookReceiver, timeoutMs?: number) => Destination;
};

export const harnesses: Record<DestinationKind, Harness> = {
  webhook: {
    reach: "remote",
    destination: (receiver, timeoutMs = 10_000) =>
      sampleDestination({
        kind: "webhook",
        webhookUrl: receiver.url,
        webhookSecretRef: "env:TANDEM_CONTRACT_SECRET",
        config: { allow_insecure_http: true, allow_private_networks: true, timeout_ms: timeoutMs },
      }),
  },
  telemetry: { reach: "local", destination: () => sampleDestination({ kind: "telemetry" }) },
  github_issue: {
    reach: "unavailable",
    destination: () => sampleDestination({ kind: "github_issue", repo: "acme/shop" }),
  },
  linear_issue: { reach: "unavailable", destination: () => sampleDestination({ kind: "linear_issue" }) },
  mcp_tool: { reach: "unavailable", destination: () => sampleDestination({ kind: "mcp_tool" }) },
  internal_memory: {
    reach: "local",
    destination: () => sampleDestination({ kind: "internal_memory" }),
  },
};

/** Rebuilt with keys in the opposite order, as a jsonb column might give them back. */
export function withKeysReversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withKeysReversed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, withKeysReversed(item)]),
  );
}
