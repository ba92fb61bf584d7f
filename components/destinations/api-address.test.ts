import { describe, expect, it } from "vitest";
import { type ApiAddress, awaitsSecret, withAddress } from "./api-address";

const address: ApiAddress = {
  key: "api_base_url",
  label: "API address",
  usual: "https://api.github.com",
  help: "",
  secrets: ["token_ref", "private_key_ref"],
};
const own = "https://git.corp.test/api/v3";
const token = { token_ref: "env:TANDEM_T" };

describe("a secret is named again for another server (D-33)", () => {
  it.each<
    [
      string,
      Record<string, unknown> | undefined,
      Record<string, unknown> | undefined,
      string,
      Record<string, unknown> | undefined,
    ]
  >([
    ["another server", token, token, own, { api_base_url: own }],
    [
      "a secret named for it already",
      { token_ref: "env:TANDEM_NEW" },
      token,
      own,
      { api_base_url: own, token_ref: "env:TANDEM_NEW" },
    ],
    ["back at the usual one", { api_base_url: own }, token, "", token],
    [
      "the usual one, written out",
      token,
      token,
      "https://api.github.com/",
      { ...token, api_base_url: "https://api.github.com/" },
    ],
    [
      "another path of the same server",
      { ...token, api_base_url: own },
      { ...token, api_base_url: own },
      "https://git.corp.test/v4",
      { ...token, api_base_url: "https://git.corp.test/v4" },
    ],
    [
      "from its own server to the usual one",
      { ...token, api_base_url: own },
      { ...token, api_base_url: own },
      "",
      undefined,
    ],
    ["a row that was never saved", token, undefined, own, { ...token, api_base_url: own }],
  ])("%s", (_, config, saved, value, expected) => {
    expect(withAddress(config, saved, address, value)).toEqual(expected);
  });

  it.each<[string, Record<string, unknown> | undefined, Record<string, unknown> | undefined, boolean]>([
    ["gone with the address", { api_base_url: own }, token, true],
    ["named again", { api_base_url: own, token_ref: "env:TANDEM_NEW" }, token, false],
    ["taken out at the same address", undefined, token, false],
    ["never there", { api_base_url: own }, undefined, false],
  ])("waits for it: %s", (_, config, saved, expected) => {
    expect(awaitsSecret(config, saved, address)).toBe(expected);
  });
});
