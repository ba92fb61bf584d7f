import { describe, expect, it } from "vitest";
import { holderName, spanWords } from "./triage-words";

describe("who has a run", () => {
  it.each([
    ["agent:token-4be1d07a99c2", "Agent 4be1d07a"],
    ["token:token-f8ff05e3aa00bb", "Token f8ff05e3"],
    ["user:user-0a1b2c3d4e", "Somebody 0a1b2c3d"],
    ["worker-7", "worker-7"],
  ])("%s", (by, words) => expect(holderName(by)).toBe(words));
});

describe("how long something took", () => {
  it.each([
    [-3, "0\u00a0ms"],
    [240.4, "240\u00a0ms"],
    [2_140, "2.1\u00a0s"],
    [59_999, "60.0\u00a0s"],
    [240_000, "4\u00a0min"],
  ])("%d", (ms, words) => expect(spanWords(ms).replaceAll(" ", "\u00a0")).toBe(words));
});
