import { expect, it } from "vitest";
import type { DestinationKind } from "./config";
import { witnessFault } from "./witness-kind";

it.each<[DestinationKind, RegExp | null]>([
  ["webhook", null],
  ["telemetry", /database of the ledger/],
  ["internal_memory", /database of the ledger/],
  ["github_issue", /would be an issue/],
  ["linear_issue", /would be an issue/],
  ["mcp_tool", /a draft's values/],
])("%s as a witness", (kind, words) => {
  const fault = witnessFault(kind);
  if (words === null) expect(fault).toBeNull();
  else expect(fault).toMatch(words);
});
