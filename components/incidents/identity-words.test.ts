import { expect, it } from "vitest";
import { identityValue, identityWord, leftOutOfIdentity } from "./identity-words";

it.each([
  ["type", "Exception type"],
  ["client", "Reporter's fingerprint"],
  ["log_level", "Log level"],
])("%s reads %s", (name, words) => {
  expect(identityWord(name)).toBe(words);
});

it("frames read from the outside in", () => {
  expect(identityValue("frames", "groupByCurrency < settleBatch")).toBe("settleBatch › groupByCurrency");
  expect(identityValue("template", "a < b")).toBe("a < b");
});

it("a reporter's fingerprint leaves everything else out", () => {
  expect(leftOutOfIdentity(["client"])).toContain("everything else");
  expect(leftOutOfIdentity(["template"])).toContain("numbers");
  expect(leftOutOfIdentity(["reason"])).toContain("not its numbers");
  expect(leftOutOfIdentity(["event"])).not.toContain("addresses");
});
