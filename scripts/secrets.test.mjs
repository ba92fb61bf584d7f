import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { prepareDataFolder, readSecret, secretFile, secretOnce } from "./secrets.mjs";

let dataDir;

beforeEach(() => {
  dataDir = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "incident-monitor-secrets-")), "data");
  prepareDataFolder(dataDir);
});

afterEach(() => fs.rmSync(path.dirname(dataDir), { recursive: true, force: true }));

const modeOf = (file) => fs.statSync(file).mode & 0o777;

it("keeps secrets from everybody else, whatever the umask", () => {
  const before = process.umask(0);
  try {
    secretOnce(dataDir, "api-token");
  } finally {
    process.umask(before);
  }
  expect(modeOf(secretFile(dataDir, "api-token"))).toBe(0o600);
  expect(modeOf(path.join(dataDir, "secrets"))).toBe(0o700);
  expect(modeOf(dataDir) & 0o066).toBe(0);
});

it("makes a secret once", () => {
  const first = secretOnce(dataDir, "api-token");
  expect(first.created).toBe(true);
  expect(secretOnce(dataDir, "api-token")).toEqual({ ...first, created: false });
  expect(readSecret(dataDir, "api-token")).toBe(first.value);
});

it.each([
  ["api-token", /^tim_token_[0-9A-Za-z]{48}$/],
  ["admin-password", /^[a-hjkmnp-zA-HJ-NP-Z2-9]{20}$/],
  ["nextauth-secret", /^[\w-]{43}$/],
  ["key-pepper", /^[\w-]{43}$/],
  ["audit-key", /^[\w-]{43}$/],
  ["audit-key-next", /^[\w-]{43}$/],
])("%s has its form", (name, form) => {
  expect(secretOnce(dataDir, name).value).toMatch(form);
});
