import type { DestinationWire } from "@/lib/contracts/config";
import { leadsElsewhere } from "./url-checks";
import { textOf, withSetting } from "./webhook-settings";

/** The address of a kind's API: its key of `config`, what holds without it, and the secrets that are shown to whoever is there. */
export type ApiAddress = {
  key: "api_base_url" | "api_url";
  label: string;
  usual: string;
  help: string;
  secrets: readonly string[];
};

type Config = DestinationWire["config"];

/**
 * Another API address. A secret that is good for one server is not shown to another without being named again (D-33); going
 * back to the saved address brings its reference back.
 */
export function withAddress(
  config: Config,
  saved: Config,
  { key, usual, secrets }: ApiAddress,
  value: string,
): Config {
  const home = textOf(saved, key) ?? usual;
  const was = leadsElsewhere(home, textOf(config, key) ?? usual);
  const is = leadsElsewhere(home, value || usual);
  let next = withSetting(config, key, value || undefined);
  for (const secret of secrets) {
    const before = textOf(saved, secret);
    if (before === undefined) continue;
    const now = textOf(config, secret);
    if (is && now === before) next = withSetting(next, secret, undefined);
    if (was && !is && now === undefined) next = withSetting(next, secret, before);
  }
  return next;
}

/** Does a saved secret wait to be named again, because the address leads elsewhere now? */
export function awaitsSecret(config: Config, saved: Config, address: ApiAddress): boolean {
  const { key, usual, secrets } = address;
  const lost = secrets.some((secret) => textOf(saved, secret) && !textOf(config, secret));
  return lost && leadsElsewhere(textOf(saved, key) ?? usual, textOf(config, key) ?? usual);
}
