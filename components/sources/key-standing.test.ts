import { expect, it } from "vitest";
import { expiryOf } from "@/components/settings/secret-lifetimes";
import type { IntakeKeyWire } from "@/lib/contracts/intake-key";
import { keyStanding } from "./key-standing";

const dayMs = 86_400_000;
const nowMs = 1_000 * dayMs;
const key = (fields: Partial<IntakeKeyWire> = {}): IntakeKeyWire => ({
  ...{ key_id: "k", project_id: "shop", name: "CI", key_hash: "[redacted]", enabled: true, prefix: "tim" },
  ...{ scopes: [], source_ids: [], rate_per_second: 1, burst: 1, rejected_count: 0, created_at_ms: nowMs },
  ...fields,
});
const next = key({ key_id: "next", rotated_from_id: "k" });

it.each<[string, Partial<IntakeKeyWire>, IntakeKeyWire[], string, boolean]>([
  ["just made", {}, [], "works", false],
  ["never used, for long", { created_at_ms: nowMs - 91 * dayMs }, [], "works", true],
  ["not used lately", { last_used_at_ms: nowMs - 91 * dayMs }, [], "works", true],
  ["used lately", { created_at_ms: 0, last_used_at_ms: nowMs - 89 * dayMs }, [], "works", false],
  ["has a successor", { expires_at_ms: nowMs + dayMs }, [next], "ending", false],
  ["its end has come", { expires_at_ms: nowMs, last_used_at_ms: 0 }, [next], "expired", false],
  ["disabled", { enabled: false, last_used_at_ms: 0 }, [], "disabled", false],
])("%s", (_, fields, others, state, isUnused) => {
  const one = key(fields);
  expect(keyStanding(one, [one, ...others], nowMs)).toMatchObject({ state, isUnused });
});

it("knows both halves of a rotation", () => {
  const one = key();
  expect(keyStanding(one, [one, next], nowMs).successor?.key_id).toBe("next");
  expect(keyStanding(next, [one, next], nowMs).previous?.key_id).toBe("k");
});

it.each([
  ["30", nowMs + 30 * dayMs],
  ["never", null],
])("a lifetime of %s ends at %s", (lifetime, expiresMs) => {
  expect(expiryOf(lifetime, nowMs)).toBe(expiresMs);
});
