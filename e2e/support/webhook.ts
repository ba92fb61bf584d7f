import { randomBytes } from "node:crypto";
import { startWebhookReceiver, type WebhookReceiver } from "../fakes/webhook-receiver";
import { keepSecret } from "./secret";

export type Webhook = WebhookReceiver & { secretRef: string };

/** A receiver on this machine, with a secret that the server can read by reference. */
export async function openWebhook(dataDir: string): Promise<Webhook> {
  const secret = `whsec_${randomBytes(24).toString("base64")}`;
  const receiver = await startWebhookReceiver({ secrets: [secret] });
  return Object.assign(receiver, { secretRef: keepSecret(dataDir, "webhook", secret) });
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
