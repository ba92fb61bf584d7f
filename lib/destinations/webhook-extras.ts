import { type Reason, reason } from "@/lib/domain/reason";
import type { ClientTls } from "@/lib/net/safe-fetch";
import type { AdapterContext } from "./destination";
import type { WebhookConfig } from "./webhook-config";

export type WebhookExtras =
  | { ok: true; headers: Record<string, string>; tls: ClientTls | null }
  | { ok: false; reasons: Reason[] };

/**
 * What a webhook sends besides its signature, out of secret references: headers of the receiver's own and a client
 * certificate. One that is not set, or holds what cannot be sent, stops everything; no value is ever repeated in a reason.
 */
export function webhookExtras(
  config: WebhookConfig,
  context: Pick<AdapterContext, "resolveSecret">,
): WebhookExtras {
  const reasons: Reason[] = [];
  const resolve = (field: string, reference: string): string => {
    const resolved = context.resolveSecret(reference);
    if (resolved.ok) return resolved.values[0] ?? "";
    reasons.push({ ...resolved.reason, message: `${field}: ${resolved.reason.message}` });
    return "";
  };
  const headers: Record<string, string> = {};
  for (const [name, reference] of Object.entries(config.headerReferences)) {
    const value = resolve(`Header ${name}`, reference);
    if (!/^[\x20-\x7e]*$/.test(value)) {
      reasons.push(
        reason("header_value_malformed", `The value behind header ${name} cannot be sent as one.`),
      );
    }
    headers[name.toLowerCase()] = value;
  }
  const tls = config.clientTls && {
    cert: resolve("Client certificate", config.clientTls.cert),
    key: resolve("Client key", config.clientTls.key),
    ...(config.clientTls.ca && { ca: resolve("Server CA", config.clientTls.ca) }),
  };
  if (reasons.length === 0 && tls && !(isPem(tls.cert, "CERTIFICATE") && isPem(tls.key, "PRIVATE KEY"))) {
    reasons.push(reason("client_tls_malformed", "The client certificate or its key is not PEM."));
  }
  return reasons.length > 0 ? { ok: false, reasons } : { ok: true, headers, tls };
}

const isPem = (text: string, what: string) => new RegExp(`-----BEGIN [A-Z ]*${what}-----`).test(text);
