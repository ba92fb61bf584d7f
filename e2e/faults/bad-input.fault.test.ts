import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { type Endpoint, leavesOf, listEndpoints, nest, wrongFor } from "./support/endpoints";
import { beginFault, endFault } from "./support/results";

const fault = "bad input on every JSON endpoint";
/** Takes lines, and answers each by itself. */
const batchPath = "/incident-monitor/intake/reports";

let api: TestApi;
let sent = 0;
let writtenBefore: Record<string, number>;

// The receiver of tests asks for a signature over the body's bytes, before anything else of it is looked at.
const signed = "/incident-monitor/test-receiver";
const endpoints = listEndpoints().filter((each) => each.body && each.path !== signed);
const singles = endpoints.filter((each) => each.path !== batchPath);
const named = (list: Endpoint[]) =>
  list.map((each) => [`${each.method} ${each.path}`, each] as [string, Endpoint]);

beforeAll(async () => {
  beginFault(fault);
  api = await createTestApi();
  writtenBefore = await countRows();
});

afterAll(() => api?.close());

/** Of every table but the audit log, where refused attempts belong. */
async function countRows(): Promise<Record<string, number>> {
  const { rows } = await api.db.pool.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'audit_entries' ORDER BY 1",
  );
  const counts = await Promise.all(
    rows.map(async ({ name }) => {
      const { rows: found } = await api.db.pool.query(`SELECT count(*)::int AS n FROM "${name}"`);
      return [name, found[0].n] as const;
    }),
  );
  return Object.fromEntries(counts);
}

/** One event, or a list of them. */
const listPath = "/incident-monitor/intake/events";
/** D-26; anything else takes 2 MiB. */
const limitsKiB: Record<string, number> = {
  "/incident-monitor/report": 256,
  "/incident-monitor/intake/report": 256,
  [listPath]: 10 * 1024,
};

const pathOf = (endpoint: Endpoint) => endpoint.path.replaceAll(/\{\w+\}/g, "none-such");

async function send(endpoint: Endpoint, raw: string | Uint8Array, contentType = "application/json") {
  sent += 1;
  const answer = await api.call(endpoint.method, pathOf(endpoint), {
    raw: raw as string,
    headers: { "content-type": contentType },
  });
  return [answer.status, answer.body?.code, answer.body?.field] as const;
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const deep = (depth: number) => `{"report":${"[".repeat(depth)}${"]".repeat(depth)}}`;

describe("a body that is refused before its shape matters", () => {
  it.each(named(singles))("%s", async (_, endpoint) => {
    const limit = limitsKiB[endpoint.path] ?? 2 * 1024;
    const cases: Array<readonly [string, string | Uint8Array, number, string, string | undefined]> = [
      ["half of it", '{"report": {"title": "x"', 400, "MALFORMED_JSON", undefined],
      ["a trailing comma", '{"report": {},}', 400, "MALFORMED_JSON", undefined],
      ["two values", "{} {}", 400, "MALFORMED_JSON", undefined],
      ["no JSON at all", "report=1", 400, "MALFORMED_JSON", undefined],
      [
        "bad UTF-8",
        new Uint8Array([...utf8('{"report":"'), 0xc3, 0x28, ...utf8('"}')]),
        400,
        "MALFORMED_JSON",
        undefined,
      ],
      [
        "overlong UTF-8",
        new Uint8Array([...utf8('{"report":"'), 0xc0, 0xaf, ...utf8('"}')]),
        400,
        "MALFORMED_JSON",
        undefined,
      ],
      [
        "a surrogate in UTF-8",
        new Uint8Array([...utf8('{"a":"'), 0xed, 0xa0, 0x80, ...utf8('"}')]),
        400,
        "MALFORMED_JSON",
        undefined,
      ],
      ["a NUL", '{"report":{"title":"a\\u0000b"}}', 422, "VALIDATION_FAILED", "report.title"],
      ["a NUL in a name", '{"report":{"a\\u0000b":1}}', 422, "VALIDATION_FAILED", "report.(name)"],
      ["half a surrogate pair", '{"report":{"title":"\\ud83d"}}', 422, "VALIDATION_FAILED", "report.title"],
      ["the other half", '{"report":["x","\\udc00"]}', 422, "VALIDATION_FAILED", "report[1]"],
      ["a member twice", '{"report":{"title":"a","title":"b"}}', 422, "VALIDATION_FAILED", "report.title"],
      ["a prototype", '{"report":{"__proto__":{"a":1}}}', 422, "VALIDATION_FAILED", "report.__proto__"],
      ["a prototype in escapes", '{"\\u005f_proto__":1}', 422, "VALIDATION_FAILED", "__proto__"],
      [
        "a constructor's prototype",
        '{"constructor":{"prototype":{"a":1}}}',
        422,
        "VALIDATION_FAILED",
        "constructor",
      ],
      ["a prototype twice", '{"__proto__":{},"__proto__":{}}', 422, "VALIDATION_FAILED", "__proto__"],
      ["nesting", deep(1_000), 422, "VALIDATION_FAILED", undefined],
      ["nesting without end", deep(100_000), 422, "VALIDATION_FAILED", undefined],
      ["too much", `{"a":"${"x".repeat(limit * 1024)}"}`, 413, "PAYLOAD_TOO_LARGE", undefined],
      ...(endpoint.path === listPath ? [] : [["an array", "[]", 422, "VALIDATION_FAILED", ""] as const]),
      ["a string", '"report"', 422, "VALIDATION_FAILED", ""],
      ["a number", "1e999", 422, "VALIDATION_FAILED", ""],
      ["null", "null", 422, "VALIDATION_FAILED", ""],
    ];
    for (const [what, raw, status, code, field] of cases) {
      const answer = await send(endpoint, raw);
      expect([what, ...answer.slice(0, 2)]).toEqual([what, status, code]);
      if (field !== undefined) expect([what, answer[2]]).toEqual([what, field]);
    }
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""]) {
      expect([type, (await send(endpoint, "{}", type))[0]]).toEqual([type, 415]);
    }
  });

  it("one by one in a batch", async () => {
    const lines = [
      '{"title":"a","title":"b"}',
      '{"title":"a\\u0000"}',
      '{"title":7}',
      "{broken",
      deep(1_000),
      "[]",
      '{"title":"x","source_kind":"spaceship"}',
      '{"title":"x","__proto__":{"polluted":1}}',
    ];
    sent += 1;
    const answer = await api.call("POST", batchPath, {
      raw: lines.join("\n"),
      headers: { "content-type": "application/x-ndjson" },
    });
    const results = answer.body.results as Array<{ status: number; field?: string }>;
    expect(results.map((each) => [each.status, each.field])).toEqual([
      [422, "title"],
      [422, "title"],
      [422, "title"],
      [400, undefined],
      [422, expect.stringMatching(/^report/)],
      [422, undefined],
      [422, "source_kind"],
      [422, "__proto__"],
    ]);
    const whole = await send({ method: "POST", path: batchPath, query: [], body: {} }, "[{},");
    expect(whole.slice(0, 2)).toEqual([400, "MALFORMED_JSON"]);
    expect(
      (
        await send(
          { method: "POST", path: batchPath, query: [], body: {} },
          `["${"x".repeat(10 * 1024 * 1024)}"]`,
        )
      )[0],
    ).toBe(413);
  });
});

describe("a member of the wrong type, or no known value, is named", () => {
  const shaped = singles.filter((each) => leavesOf(each.body ?? {}).length > 0);
  it.each(named(shaped))("%s", async (_, endpoint) => {
    const unnamed: string[] = [];
    for (const leaf of leavesOf(endpoint.body ?? {})) {
      const wrong = wrongFor(leaf.schema);
      if (wrong === undefined) continue;
      const body = nest(leaf.path, wrong);
      // The scoped path looks at the key before the report.
      if (endpoint.path.endsWith("intake/report") && leaf.path[0] !== "report") continue;
      sent += 1;
      const answer = await api.call(endpoint.method, pathOf(endpoint), { body });
      const place = leaf.path.join(".");
      const issues = (answer.body.issues ?? []) as Array<{ path: string }>;
      const isNamed = [answer.body.field, ...issues.map((each) => each.path)].some((each) =>
        String(each).startsWith(place),
      );
      const early = endpoint.path.endsWith("intake/report") && answer.status === 400;
      if (!(answer.status >= 400 && answer.status < 500 && (isNamed || early)))
        unnamed.push(`${place}=${JSON.stringify(wrong)}: ${answer.status} ${answer.text.slice(0, 120)}`);
    }
    expect(unnamed).toEqual([]);
  });
});

it("wrote nothing, and no prototype was touched", async () => {
  expect(await countRows()).toEqual(writtenBefore);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
  endFault({
    fault,
    rounds: 1,
    found: `${sent} requests to ${endpoints.length} endpoints, each refused with 4xx and its reason; 0 rows written`,
  });
});
