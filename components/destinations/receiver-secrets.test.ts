import { describe, expect, it } from "vitest";
import type { DestinationWire } from "@/lib/contracts/config";
import { withReceiver } from "./receiver-secrets";

const here = "https://hooks.one.test/in";
const there = "https://hooks.two.test/in";
const saved = {
  destination_id: "hook",
  webhook_url: here,
  webhook_secret_ref: "env:TANDEM_S",
  config: { mode: "thin", headers: { "x-team": "env:TANDEM_H" } },
} as unknown as DestinationWire;
const bare = { ...saved, webhook_secret_ref: undefined, config: { mode: "thin" } };

describe("what another receiver is not given (D-33)", () => {
  it.each<[string, DestinationWire, string, Partial<DestinationWire>]>([
    ["secret and headers, elsewhere", saved, there, bare],
    ["both come back with the address", { ...bare, webhook_url: there }, here, saved],
    [
      "what was named for the other stays",
      { ...saved, webhook_secret_ref: "env:TANDEM_N", config: { headers: { "x-team": "env:TANDEM_M" } } },
      there,
      { webhook_secret_ref: "env:TANDEM_N", config: { headers: { "x-team": "env:TANDEM_M" } } },
    ],
    ["another path of the same receiver", saved, "https://hooks.one.test/out", saved],
    ["what was taken out here stays out", bare, "https://hooks.one.test/out", bare],
  ])("%s", (_, row, url, expected) => {
    const { webhook_url, webhook_secret_ref, config } = withReceiver(row, saved, url);
    expect({ webhook_url, webhook_secret_ref, config }).toEqual({
      webhook_url: url,
      webhook_secret_ref: expected.webhook_secret_ref,
      config: expected.config,
    });
  });

  it("a row that was never saved keeps all it has", () => {
    expect(withReceiver(saved, undefined, there)).toEqual({ ...saved, webhook_url: there });
  });
});
