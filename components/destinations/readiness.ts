import type { DestinationWire } from "@/lib/contracts/config";
import type { StatusWire } from "@/lib/contracts/status";

export type ReadinessRow = StatusWire["destination_readiness"][number];
export type Readiness = {
  state: "ready" | "degraded" | "not_ready" | "disabled" | "unknown";
  reasons: string[];
};

const words: Record<string, string> = {
  webhook_url: "it has no URL",
  webhook_url_missing: "it has no URL",
  url_insecure: "plain http is not allowed here",
  url_host_not_allowed: "its host is not among the allowed hosts",
  url_host_local: "its host names something on a local network",
  address_private: "it leads to a private address",
  webhook_secret_ref: "it has no signing secret",
  secret_ref_missing: "it has no signing secret",
  telemetry_path: "its path is blank",
  repo_missing: "it has no repository",
  monitor_disabled: "the monitor is off",
  monitor_paused: "the monitor is paused",
  monitor_not_active: "the monitor is not running",
  destination_disabled: "it is disabled",
};

/** A webhook has one secret of its own; of the others only the server knows which one it speaks of. */
const webhookWords: Record<string, string> = {
  secret_unset: "the signing secret is not set on this host",
  secret_not_allowed: "this host does not let that secret be read",
};

/** Readiness as the server last judged the saved row, with its reasons as the end of a sentence. */
export function readinessOf(rows: readonly ReadinessRow[] | undefined, row: DestinationWire): Readiness {
  const found = rows?.find((each) => each.destination_id === row.destination_id);
  if (!found) return { state: "unknown", reasons: [] };
  // The server's sentences stand in the order of its codes, and in `detail` alone.
  const sentences = found.detail?.split("; ") ?? [];
  const known = row.kind === "webhook" ? { ...words, ...webhookWords } : words;
  const paired = sentences.length === found.missing.length;
  const reasons = found.missing.map(
    (code, index) => known[code] ?? asClause((paired && sentences[index]) || code),
  );
  if (!found.enabled) return { state: "disabled", reasons: [] };
  if (found.ready && found.circuit) {
    return { state: "degraded", reasons: ["it does not answer, so deliveries wait"] };
  }
  return { state: found.ready ? "ready" : "not_ready", reasons };
}

/** A server's own sentence goes on in ours; a bare code is at least read as words. */
function asClause(text: string): string {
  const plain = text.includes(" ") ? text.replace(/\.$/, "") : text.replaceAll("_", " ");
  return /^[A-Z][a-z]/.test(plain) ? plain.charAt(0).toLowerCase() + plain.slice(1) : plain;
}
