import { expect, it } from "vitest";
import { signInFailure } from "./sign-in-outcome";

it.each([
  ["let in", { ok: true, status: 200, error: null }, null],
  ["wrong password", { ok: false, status: 401, error: "CredentialsSignin" }, "wrong"],
  ["throttled by status", { ok: false, status: 429, error: null }, "throttled"],
  ["throttled by word", { ok: false, status: 401, error: "TooManyAttempts" }, "throttled"],
  ["server error", { ok: false, status: 500, error: null }, "broken"],
  ["misconfigured", { ok: true, status: 200, error: "Configuration" }, "broken"],
  ["a code asked for", { ok: false, status: 401, error: "CodeRequired" }, "code_required"],
  ["a wrong code", { ok: false, status: 401, error: "CodeWrong" }, "code_wrong"],
  [
    "unknown to the provider's friends",
    { ok: false, status: 200, error: "provider_user_unknown" },
    "provider_unknown",
  ],
  ["the provider throttled", { ok: false, status: 200, error: "provider_throttled" }, "throttled"],
  ["cookies of the sign-in gone", { ok: false, status: 200, error: "OAuthCallback" }, "provider_failed"],
  ["a word that only looks like one", { ok: false, status: 200, error: "constructor" }, "wrong"],
  ["no answer object", undefined, "broken"],
])("%s", (_name, answer, expected) => {
  expect(signInFailure(answer)).toBe(expected);
});
