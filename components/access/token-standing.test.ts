import { expect, it } from "vitest";
import type { ApiTokenWire } from "@/lib/contracts/access";
import { nameOf } from "@/lib/queries/names";
import { browserWord, rolesWords } from "./access-words";
import { tokenStanding } from "./token-standing";

const day = 86_400_000;
const now = 1_000 * day;
const token = (fields: Partial<ApiTokenWire> = {}): ApiTokenWire => ({
  ...{ token_id: "t", name: "CI", kind: "service", prefix: "tim_token_ab12", scopes: [], bootstrap: false },
  created_by: { kind: "user", id: "u", name: "Ada" },
  created_at_ms: now - 10 * day,
  ...fields,
});
const successor = token({ token_id: "t2", rotated_from_id: "t" });

it.each<[string, Partial<ApiTokenWire>, ApiTokenWire[], [string, boolean, boolean]]>([
  ["new", {}, [], ["works", false, false]],
  ["never used since 91 days", { created_at_ms: now - 91 * day }, [], ["works", true, false]],
  [
    "used on the 90th day",
    { created_at_ms: 0, last_used_at_ms: now - 90 * day },
    [],
    ["works", false, false],
  ],
  ["ends in a fortnight", { expires_at_ms: now + 14 * day }, [], ["works", false, true]],
  ["ends a day later", { expires_at_ms: now + 15 * day }, [], ["works", false, false]],
  ["is being replaced", { expires_at_ms: now + 3 * day }, [successor], ["ending", false, false]],
  ["expired this moment", { expires_at_ms: now }, [successor], ["expired", false, false]],
  ["disabled, whatever else", { disabled_at_ms: now, expires_at_ms: 1 }, [], ["disabled", false, false]],
])("%s", (_, fields, others, expected) => {
  const { state, isUnused, endsSoon } = tokenStanding(token(fields), others, now);
  expect([state, isUnused, endsSoon]).toEqual(expected);
});

const name = nameOf({ destinations: {}, projects: { shop: "The shop" }, routes: {} });

it.each([
  [{ role: "admin" as const, project_roles: {} }, "Admin"],
  [{ project_roles: { shop: "approver" as const } }, "Approver on The shop"],
  [
    { role: "viewer" as const, project_roles: { b: "admin" as const, a: "triager" as const } },
    "Viewer, Triager on a and 1 more",
  ],
  [{ project_roles: {} }, "No role"],
])("%j reads %s", (roles, words) => {
  expect(rolesWords(roles, name)).toBe(words);
});

it.each([
  ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130 Safari/537.36 Edg/130", "Edge on Windows"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Version/18 Safari/605.1", "Safari on Mac"],
  [undefined, "An unknown browser"],
])("%s is %s", (userAgent, words) => {
  expect(browserWord(userAgent)).toBe(words);
});
