import { describe, expect, it } from "vitest";
import { ownSecretNames } from "../../scripts/secrets.mjs";
import { createSecretResolver, parseSecretReference } from "./secret-reference";

const value = "the-value-itself";
const files: Record<string, string> = {
  "/secrets/hook": `${value}\n`,
  "/secrets/hook_PREVIOUS": "older-value\r\n",
  "/secrets/blank": " \n",
  "/secrets/api-token": value,
};

const resolve = createSecretResolver({
  env: {
    TANDEM_HOOK: value,
    TANDEM_ROTATING: "new",
    TANDEM_ROTATING_PREVIOUS: "old",
    TANDEM_SAME: "same",
    TANDEM_SAME_PREVIOUS: "same",
    TANDEM_BLANK: "  ",
    TANDEM_HUGE: "x".repeat(5_000),
    TANDEM_ENGINE_TOKEN: value,
    TANDEM_INCIDENT_MONITOR_REPO: value,
    TANDEM_INCIDENT_MONITOR_WEBHOOK_SECRET: value,
    INCIDENT_MONITOR_SECRET_HOOK: value,
    INCIDENT_MONITOR_SECRET_ENV: value,
    INCIDENT_MONITOR_TOKEN: value,
    INCIDENT_MONITOR_ADMIN_PASSWORD: value,
    DATABASE_URL: value,
    NEXTAUTH_SECRET: value,
    PATH: value,
    LISTED: value,
  },
  allowedNames: ["LISTED", "DATABASE_URL", "TANDEM_ENGINE_TOKEN", "INCIDENT_MONITOR_TOKEN"],
  secretsDir: "/secrets",
  readFile: (path) => files[path] ?? null,
});

describe("parseSecretReference", () => {
  it.each([
    ["env:TANDEM_HOOK", { from: "env", name: "TANDEM_HOOK" }],
    ["env://TANDEM_HOOK", { from: "env", name: "TANDEM_HOOK" }],
    ["${env:TANDEM_HOOK}", { from: "env", name: "TANDEM_HOOK" }],
    ["TANDEM_HOOK", { from: "env", name: "TANDEM_HOOK" }],
    ["  env:A1_B2  ", { from: "env", name: "A1_B2" }],
    ["file:hook.key", { from: "file", name: "hook.key" }],
  ])("%s", (text, reference) => expect(parseSecretReference(text)).toEqual({ ok: true, reference }));

  it.each([
    "",
    "env:",
    "env:lower",
    "env:A-B",
    "env:///A",
    "${env:A",
    "$env:A",
    "$A",
    "vault:A",
    "file:",
    "file:.",
    "file:..",
    "file:...",
    "file:.hidden",
    "file:../x",
    "file:a/b",
    "file:a\\b",
    "file:/etc/passwd",
    "file:a\u0000b",
    "file:a b",
    "whsec_c2VjcmV0LXZhbHVl",
    `env:${"A".repeat(200)}`,
    "env:A\nB",
  ])("refuses %j without repeating it", (text) => {
    const parsed = parseSecretReference(text);
    expect(parsed).toMatchObject({ ok: false, reason: { code: "secret_ref_malformed" } });
    if (text.length > 7) expect(JSON.stringify(parsed)).not.toContain(text);
  });
});

describe("createSecretResolver", () => {
  it.each([
    ["env:TANDEM_HOOK", [value]],
    ["TANDEM_HOOK", [value]],
    ["env:INCIDENT_MONITOR_SECRET_HOOK", [value]],
    ["env:TANDEM_INCIDENT_MONITOR_WEBHOOK_SECRET", [value]],
    ["env:LISTED", [value]],
    ["env:TANDEM_ROTATING", ["new", "old"]],
    ["env:TANDEM_SAME", ["same"]],
    ["file:hook", [value, "older-value"]],
  ])("%s resolves, newest first", (reference, values) =>
    expect(resolve(reference)).toEqual({ ok: true, values }),
  );

  it.each<[string, string]>([
    ["env:TANDEM_UNSET", "secret_unset"],
    ["env:TANDEM_BLANK", "secret_unset"],
    ["env:TANDEM_HUGE", "secret_malformed"],
    ["env:PATH", "secret_not_allowed"],
    ["PATH", "secret_not_allowed"],
    ["env:INCIDENT_MONITOR_SECRET_ENV", "secret_not_allowed"],
    ["env:INCIDENT_MONITOR_TOKEN", "secret_not_allowed"],
    ["env:INCIDENT_MONITOR_ADMIN_PASSWORD", "secret_not_allowed"],
    ["env:INCIDENT_MONITOR_DATA_DIR", "secret_not_allowed"],
    ["env:TANDEM_ENGINE_TOKEN", "secret_not_allowed"],
    ["env:TANDEM_INCIDENT_MONITOR_REPO", "secret_not_allowed"],
    ["env:DATABASE_URL", "secret_not_allowed"],
    ["env:NEXTAUTH_SECRET", "secret_not_allowed"],
    ["env:NEXTAUTH_URL", "secret_not_allowed"],
    ["file:missing", "secret_unset"],
    ["file:blank", "secret_unset"],
    ["file:api-token", "secret_not_allowed"],
    ["file:API-TOKEN", "secret_not_allowed"],
    ["file:nextauth-secret", "secret_not_allowed"],
    ["file:key-pepper", "secret_not_allowed"],
    ["file:audit-key", "secret_not_allowed"],
    ["file:admin-password", "secret_not_allowed"],
    ...ownSecretNames.map((name): [string, string] => [`file:${name}`, "secret_not_allowed"]),
    ["nonsense", "secret_ref_malformed"],
  ])("%s is refused as %s, and no value is told", (reference, code) => {
    const resolved = resolve(reference);
    expect(resolved).toMatchObject({ ok: false, reason: { code } });
    expect(JSON.stringify(resolved)).not.toContain(value);
  });

  it("names the reference when it is only unset", () => {
    expect(resolve("env:TANDEM_UNSET")).toMatchObject({
      reason: { message: expect.stringContaining("TANDEM_UNSET") },
    });
  });
});
