import { expect, it } from "vitest";
import { signInFailure } from "./sign-in-outcome";

it.each([
  ["let in", { ok: true, status: 200, error: null }, null],
  ["wrong password", { ok: false, status: 401, error: "CredentialsSignin" }, "wrong"],
  ["throttled by status", { ok: false, status: 429, error: null }, "throttled"],
  ["throttled by word", { ok: false, status: 401, error: "TooManyAttempts" }, "throttled"],
  ["server error", { ok: false, status: 500, error: null }, "broken"],
  ["misconfigured", { ok: true, status: 200, error: "Configuration" }, "broken"],
  ["no answer object", undefined, "broken"],
])("%s", (_name, answer, expected) => {
  expect(signInFailure(answer)).toBe(expected);
});
