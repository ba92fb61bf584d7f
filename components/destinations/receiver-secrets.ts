import type { DestinationWire } from "@/lib/contracts/config";
import { leadsElsewhere } from "./url-checks";
import { headersOf, withSetting } from "./webhook-settings";

/**
 * A webhook with another address. The signing secret and what its headers say are not handed to another receiver without
 * being named again (D-33); coming back to the saved one brings both back, and leaves what was named since.
 */
export function withReceiver(
  row: DestinationWire,
  saved: DestinationWire | undefined,
  webhook_url: string,
): DestinationWire {
  const next = { ...row, webhook_url };
  if (!saved) return next;
  const before = headersOf(saved.config);
  const now = headersOf(row.config);
  const was = leadsElsewhere(saved.webhook_url, row.webhook_url);
  const is = leadsElsewhere(saved.webhook_url, webhook_url);
  if (is) {
    if (row.webhook_secret_ref === saved.webhook_secret_ref) next.webhook_secret_ref = undefined;
    const named = Object.entries(now).filter(([name, reference]) => before[name] !== reference);
    return { ...next, config: withHeaders(row.config, Object.fromEntries(named)) };
  }
  if (!was) return next;
  next.webhook_secret_ref = row.webhook_secret_ref || saved.webhook_secret_ref;
  return { ...next, config: withHeaders(row.config, { ...before, ...now }) };
}

function withHeaders(config: DestinationWire["config"], headers: Record<string, string>) {
  return withSetting(config, "headers", Object.keys(headers).length > 0 ? headers : undefined);
}
