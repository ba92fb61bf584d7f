/** What the receiver of a signed webhook sees, and how it checks it. No secret value is in any of these. */

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

export type VerifyLanguage = "node" | "python" | "shell" | "standard";

export const verifySnippets: Record<VerifyLanguage, { label: string; file: string; code: string }> = {
  node: {
    label: "Node",
    file: "verify.mjs",
    code: `import { createHmac, timingSafeEqual } from "node:crypto";

// rawBody: the bytes as received, before any JSON parser touched them.
export function verify(header, rawBody, secret) {
  const t = header.match(/(?:^|,)t=(\\d+)/)?.[1];
  const mine = createHmac("sha256", secret).update(\`\${t}.\`).update(rawBody).digest();
  const signed = [...header.matchAll(/(?:^|,)v1=([0-9a-f]{64})/g)]
    .some(([, v1]) => timingSafeEqual(mine, Buffer.from(v1, "hex")));
  if (!signed) throw new Error("bad signature");
  if (Math.abs(Date.now() - Number(t)) > 300_000) throw new Error("too old");
}

verify(request.headers["x-tandem-signature"], rawBody, process.env.WEBHOOK_SECRET);`,
  },
  python: {
    label: "Python",
    file: "verify.py",
    code: `import hashlib, hmac, os, time

def verify(header: str, raw_body: bytes, secret: str) -> None:
    parts = [part.split("=", 1) for part in header.split(",")]
    t = next(value for name, value in parts if name == "t")
    mine = hmac.new(secret.encode(), f"{t}.".encode() + raw_body, hashlib.sha256).hexdigest()
    if not any(name == "v1" and hmac.compare_digest(mine, value) for name, value in parts):
        raise ValueError("bad signature")
    if abs(time.time() * 1000 - int(t)) > 300_000:
        raise ValueError("too old")

verify(request.headers["x-tandem-signature"], request.body, os.environ["WEBHOOK_SECRET"])`,
  },
  shell: {
    label: "Shell",
    file: "verify.sh",
    code: `# HEADER: the x-tandem-signature header. body.json: the bytes as received.
T=$(printf '%s' "$HEADER" | sed -n 's/.*t=\\([0-9]*\\).*/\\1/p')
MINE=$( { printf '%s.' "$T"; cat body.json; } | openssl dgst -sha256 -hmac "$WEBHOOK_SECRET" -r | cut -d' ' -f1)
case ",$HEADER," in *",v1=$MINE,"*) echo verified ;; *) echo "bad signature"; exit 1 ;; esac
[ $(($(date +%s) - T / 1000)) -le 300 ] || { echo "too old"; exit 1; }`,
  },
  standard: {
    label: "Standard Webhooks",
    file: "verify.mjs",
    code: `// The same delivery also carries webhook-id, webhook-timestamp and webhook-signature,
// so any Standard Webhooks library can check it. Without one:
import { createHmac, timingSafeEqual } from "node:crypto";

export function verify(headers, rawBody, secret) {
  const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : Buffer.from(secret);
  const head = \`\${headers["webhook-id"]}.\${headers["webhook-timestamp"]}.\`;
  const mine = createHmac("sha256", key).update(head).update(rawBody).digest();
  const signed = headers["webhook-signature"].split(" ").some((each) => {
    const theirs = Buffer.from(each.replace(/^v1,/, ""), "base64");
    return theirs.length === mine.length && timingSafeEqual(mine, theirs);
  });
  if (!signed) throw new Error("bad signature");
  if (Math.abs(Date.now() / 1000 - Number(headers["webhook-timestamp"])) > 300) throw new Error("too old");
}`,
  },
};
