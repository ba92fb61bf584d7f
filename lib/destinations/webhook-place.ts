import { type Reason, reason } from "@/lib/domain/reason";
import { type TestReceiver, testReceiverUrl } from "@/lib/domain/test-receiver";
import type { ClientTls } from "@/lib/net/safe-fetch";
import { checkUrl, type UrlPolicy } from "@/lib/net/url-policy";
import type { AdapterContext, ReadinessContext } from "./destination";
import type { WebhookConfig } from "./webhook-config";
import { webhookExtras } from "./webhook-extras";
import { isUsableSecret } from "./webhook-signature";

export type WebhookPlace = {
  url: string;
  policy: UrlPolicy;
  /** Newest first. */
  secrets: readonly string[];
  headers: Record<string, string>;
  tls: ClientTls | null;
};

/** Where a delivery goes and what it is signed with, or the first thing that stands in the way. */
export function webhookPlace(
  config: WebhookConfig,
  context: Pick<AdapterContext, "resolveSecret" | "testReceiver">,
): ({ ok: true } & WebhookPlace) | { ok: false; reason: Reason } {
  if (config.url === testReceiverUrl) return receiverPlace(context.testReceiver);
  const secrets = liveSecrets(config.secretReference, context);
  if (!secrets.ok) return secrets;
  const extras = webhookExtras(config, context);
  if (!extras.ok) {
    const [unset] = extras.reasons;
    return { ok: false, reason: unset ?? reason("secret_unset", "A secret reference is not set.") };
  }
  const { headers, tls } = extras;
  return { ok: true, url: config.url, policy: config.policy, secrets: secrets.values, headers, tls };
}

/** Everything that stands in the way, without a look at the network. */
export function placeMissing(config: WebhookConfig, context: ReadinessContext): Reason[] {
  if (config.url === testReceiverUrl) {
    const place = receiverPlace(context.testReceiver);
    return place.ok ? [] : [place.reason];
  }
  const missing: Reason[] = [];
  if (config.url === "") {
    missing.push(reason("webhook_url_missing", "The destination has no webhook URL."));
  } else {
    const verdict = checkUrl(config.url, config.policy);
    if (!verdict.ok) missing.push(...verdict.reasons);
  }
  const secrets = liveSecrets(config.secretReference, context);
  if (!secrets.ok) missing.push(secrets.reason);
  const extras = webhookExtras(config, context);
  if (!extras.ok) missing.push(...extras.reasons);
  return missing;
}

/**
 * The one exception to the rules of addresses: our own listener, which the host names and no setting of a destination can
 * move. Safe because path, host and port are the host's, the policy opens that one address, and nothing configured is sent.
 */
function receiverPlace(
  receiver: TestReceiver | undefined,
): ({ ok: true } & WebhookPlace) | { ok: false; reason: Reason } {
  if (!receiver) {
    const words = "No test receiver listens beside this process.";
    return { ok: false, reason: reason("test_receiver_missing", words) };
  }
  const policy = {
    allowInsecureHttp: true,
    allowPrivateNetworks: true,
    allowedHosts: [new URL(receiver.url).hostname],
    privateNetworks: receiver.network ? [receiver.network] : [],
  };
  return { ok: true, url: receiver.url, policy, secrets: [receiver.secret], headers: {}, tls: null };
}

/** An unsigned delivery is never sent: no reference, nothing behind it, or an unusable value all stop here. */
function liveSecrets(
  reference: string,
  context: Pick<AdapterContext, "resolveSecret">,
): { ok: true; values: string[] } | { ok: false; reason: Reason } {
  if (reference === "") {
    return {
      ok: false,
      reason: reason("secret_ref_missing", "The destination has no webhook secret reference."),
    };
  }
  const resolved = context.resolveSecret(reference);
  if (!resolved.ok) return resolved;
  const values = resolved.values.slice(0, 2);
  if (values.length === 0) {
    return { ok: false, reason: reason("secret_unset", "The webhook secret reference resolves to nothing.") };
  }
  if (!values.every(isUsableSecret)) {
    const words = "The webhook secret begins with whsec_ but does not go on in base64.";
    return { ok: false, reason: reason("secret_malformed", words) };
  }
  return { ok: true, values };
}
