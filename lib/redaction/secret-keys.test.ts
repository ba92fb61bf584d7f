import { describe, expect, it } from "vitest";
import { isHarmlessValue } from "./harmless-values";
import { classifyKey } from "./secret-keys";

describe("names that promise a secret", () => {
  it.each([
    ["password", "password"],
    ["DB_PASSWORD", "password"],
    ["userPassword", "password"],
    ["password_confirmation", "password"],
    ["password2", "password"],
    ["PGPASSWORD", "password"],
    ["Pwd", "password"],
    ["pass_phrase", "password"],
    ["DB_PASS", "password"],
    ["client_secret", "secret"],
    ["clientsecret", "secret"],
    ["apiKey", "api_key"],
    ["api-key", "api_key"],
    ["X-Api-Key", "api_key"],
    ["x-functions-key", "api_key"],
    ["private_key", "api_key"],
    ["secretAccessKey", "api_key"],
    ["SECRET_KEY_BASE", "api_key"],
    ["AccountKey", "api_key"],
    ["refreshToken", "token"],
    ["_authToken", "token"],
    ["X-Vault-Token", "token"],
    ["authorization", "authorization"],
    ["HTTP_AUTHORIZATION", "authorization"],
    ["x-tandem-token", "authorization"],
    ["Set-Cookie", "cookie"],
    ["X-Amz-Signature", "signature"],
    ["X-Amz-Credential", "credential"],
  ])("%s is a %s", (key, kind) => {
    expect(classifyKey(key)?.kind).toBe(kind);
  });

  it.each([
    "author",
    "authority",
    "secretary",
    "keyboard",
    "monkey",
    "key",
    "cache_key",
    "primary_key",
    "public_key",
    "idempotency_key",
    "project_key",
    "max_tokens",
    "prompt_tokens",
    "token_type",
    "token_count",
    "password_reset_url",
    "password_policy",
    "secret_name",
    "secret_ref",
    "session_id",
    "signature",
    "sig",
    "passed",
    "bypass",
    "compass",
    "tokenizer",
    "passport",
    "x-tandem-event",
    "x-tandem-delivery-id",
    "x-request-id",
    "",
    "-",
    "constructor",
    "__proto__",
  ])("%s is not", (key) => {
    expect(classifyKey(key)).toBeUndefined();
  });

  it.each(["key", "sig", "signature", "hmac"])("%s is one only in a query", (key) => {
    expect(classifyKey(key)).toBeUndefined();
    expect(classifyKey(key, true)).toBeDefined();
  });
});

describe("values that give nothing away", () => {
  const strong = { kind: "password", strength: "strong" } as const;
  const weak = { kind: "token", strength: "weak" } as const;
  it.each([
    ["null", true, true],
    ["********", true, true],
    ["${DB_PASSWORD}", true, true],
    ["$1", true, true],
    ["env:TANDEM_KEY", true, true],
    ["required", true, true],
    ["hunter", false, true],
    ["a", false, true],
    ["512", false, true],
    ["123456", false, false],
    ["req.headers.token", true, true],
    ["req.headers.host", false, true],
    ["expectedToken;", false, true],
    ["Bearer abcdef", false, false],
    ["p", false, true],
    ["a1b2c3d4e5", false, false],
    ["x".repeat(200), false, false],
  ])("%s: strong %s, weak %s", (value, forStrong, forWeak) => {
    expect(isHarmlessValue(value, strong, "bare")).toBe(forStrong);
    expect(isHarmlessValue(value, weak, "bare")).toBe(forWeak);
  });
});
