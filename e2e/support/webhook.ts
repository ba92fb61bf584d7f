import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startWebhookReceiver, type WebhookReceiver } from "../fakes/webhook-receiver";

export type Webhook = WebhookReceiver & { secretRef: string };

let count = 0;

/** A receiver on this machine, with a secret that the server can read by reference. */
export async function openWebhook(dataDir: string): Promise<Webhook> {
  count += 1;
  const name = `journey-${count}-${randomBytes(3).toString("hex")}`;
  const secret = `whsec_${randomBytes(24).toString("base64")}`;
  writeFileSync(join(dataDir, "secrets", name), `${secret}\n`, { mode: 0o600 });
  const receiver = await startWebhookReceiver({ secrets: [secret] });
  return Object.assign(receiver, { secretRef: `file:${name}` });
}

/** The row that sends there. Plain http on this machine needs both development opt-ins. */
export function webhookRow(destinationId: string, webhook: Webhook) {
  return {
    destination_id: destinationId,
    kind: "webhook" as const,
    webhook_url: webhook.url,
    webhook_secret_ref: webhook.secretRef,
    config: { allow_insecure_http: true, allow_private_networks: true },
  };
}
