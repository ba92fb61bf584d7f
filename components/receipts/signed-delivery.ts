/** What the receiver of a signed webhook sees. No secret value is in any of these. */

type SentWebhook = {
  deliveryId: string;
  idempotencyKey: string;
  event: string;
  target: string;
  /** The body exactly as sent. */
  body: string;
};

/** The pretty payload is the sent one with white space added: this takes it off again, key order kept. */
export function compactBody(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload));
  } catch {
    return payload;
  }
}

/** The event a payload names. */
export function eventOf(payload: string): string {
  try {
    const { event } = JSON.parse(payload) as { event?: unknown };
    return typeof event === "string" ? event : "incident_monitor.incident";
  } catch {
    return "incident_monitor.incident";
  }
}

/** Quoted for a POSIX shell, whatever is inside. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The same delivery by hand, signed anew with the reader's own secret. Identical key: an honest receiver acts once. */
export function deliveryCommand({ deliveryId, idempotencyKey, event, target, body }: SentWebhook): string {
  return `# Sends this delivery again, by hand. Set WEBHOOK_SECRET first; add the query of the URL if it has one.
BODY=${shellQuote(body)}
T=$(($(date +%s) * 1000))
SIG=$(printf '%s.%s' "$T" "$BODY" | openssl dgst -sha256 -hmac "$WEBHOOK_SECRET" -r | cut -d' ' -f1)
curl -X POST ${shellQuote(target)} \\
  -H 'content-type: application/json' \\
  -H ${shellQuote(`x-tandem-event: ${event}`)} \\
  -H ${shellQuote(`x-tandem-delivery-id: ${deliveryId}`)} \\
  -H ${shellQuote(`idempotency-key: ${idempotencyKey}`)} \\
  -H 'x-tandem-signature-scheme: tandem_hmac_sha256_v1' \\
  -H "x-tandem-signature: t=$T,v1=$SIG" \\
  --data-binary "$BODY"`;
}

/** Reads the receipt over the documented API: for deliveries that were no HTTP call. */
export function receiptCommand(origin: string, path: string): string {
  return `curl -H "authorization: Bearer $INCIDENT_MONITOR_TOKEN" ${shellQuote(origin + path)}`;
}
