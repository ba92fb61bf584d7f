import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logger } from "@/lib/logger";
import { type Asked, askingEverything, operationOf } from "@/lib/testing/secrets/ask-everything";
import { captureLog } from "@/lib/testing/secrets/capture-log";
import { createSecretsGround, type SecretsGround, webhookAddress } from "@/lib/testing/secrets/ground";
import { type Leak, Planted, shapeNames } from "@/lib/testing/secrets/planted";

let log: ReturnType<typeof captureLog>;
let ground: SecretsGround;
let asking: ReturnType<typeof askingEverything>;
let stopHearing: () => Promise<number>;
beforeAll(async () => {
  log = captureLog();
  ground = await createSecretsGround();
  asking = askingEverything(ground);
  stopHearing = await asking.hear();
}, 180_000);
afterAll(async () => {
  log?.stop();
  await ground?.close();
});

const timeoutMs = 180_000;
const sent: Asked[] = [];

/** Each leak once, as a person would look for it. */
const said = (leaks: readonly Leak[]) => [
  ...new Set(leaks.map(({ planted, at, around }) => `${at}: ${planted}: ${JSON.stringify(around)}`)),
];

/** A webhook's address is stored as it is and shown to those who may configure: `config-mask.ts`, decision 035. */
const showsAddresses =
  /^(?:\w+ \/(?:config\/incident-monitor|incident-monitor\/(?:pause|resume|route-preview))\b.*, admin\)|(?:destinations\.spec|config_revisions\.(?:config|changes)))$/;
const isAllowed = ({ planted, at }: Leak) => planted === webhookAddress && showsAddresses.test(at);
const leaksIn = (leaks: readonly Leak[]) => said(leaks.filter((each) => !isAllowed(each)));

/** What ends something others need is sent last. */
const ends = ({ key }: { key: string }) =>
  /^DELETE|bulk-delete|\/disable$|\/expire$|PATCH \/config|\/pause$|restore$|sessions\/revoke|\/cancel$|\/erasures$|\/use$|holds$/.test(
    key,
  );

/**
 * What is asked of a state, a proof, a revision or a link that the ground has not, or names what has just ended: refused, which
 * is searched like every answer. Everything else has to be taken with secrets in it.
 */
const needsMore = new RegExp(
  [
    "account/sessions/\\{session_id\\}|test-receiver|notifications|access/(?:invitations|password-resets)/(?:find|accept|use)",
    "PATCH /config|PUT .*routes/\\{route_id\\}|route-backtest|log-sources/\\{source_id\\}|mcp-servers/\\{server_name\\}|scenario-packs/\\{pack_id\\}",
    "incidents/\\{incident_id\\}/(?:merge|unmerge|split|replay)|posts/\\{post_id\\}|posture-drafts|retention/erasures",
    "drafts/\\{draft_id\\}/(?:approve|publish|withdraw|break-glass|recheck-match|triage-run|triage-summary|issue-draft)",
    "redaction/runs|production-readiness|triage-runs/\\{run_id\\}|users/\\{user_id\\}/(?:disable|sessions/revoke)",
  ].join("|"),
);

const mutating = () =>
  asking.endpoints
    .filter(({ method }) => method !== "GET")
    .map((endpoint) => ({ endpoint, key: operationOf(endpoint) }));

it("finds a secret however it is written, and nothing in a text without one", () => {
  const planted = new Planted();
  for (const shape of shapeNames) {
    const text = planted.text("here", shape);
    expect(planted.leaks("there", text)[0]?.planted, shape).toContain("here");
    const ways = [
      JSON.stringify({ text }),
      encodeURIComponent(text),
      Buffer.from(`x${text}`).toString("base64"),
    ];
    const twice = /base|basic/.test(shape) ? 2 : 3;
    for (const written of ways.slice(0, twice))
      expect(planted.leaks("there", written), shape).not.toEqual([]);
  }
  expect(planted.leaks("there", JSON.stringify({ planted: planted.plain }))).toEqual([]);
});

it("has every service outside answer with secrets", () => {
  const heard = [...ground.echo.paths];
  for (const path of ["/fails", "/moves", "/takes", "/mcp", "/github", "/linear"])
    expect(
      heard.some((each) => each.startsWith(path)),
      `${path} of ${heard}`,
    ).toBe(true);
});

it(
  "takes a secret in every text of every body",
  async () => {
    for (const { endpoint, key } of mutating()) if (!ends({ key })) sent.push(await asking.send(endpoint));
    expect(sent.filter(({ status }) => status >= 500 && status !== 501)).toEqual([]);
    expect(leaksIn(asking.leaks)).toEqual([]);
  },
  timeoutMs,
);

it(
  "answers every question, whoever asks, without any",
  async () => {
    const { credentials } = ground.matrix;
    await asking.read("admin", {}, { narrowed: true });
    for (const role of ["admin", "viewer", "auditor"] as const)
      await asking.read(role, await credentials.cookie(role));
    expect(leaksIn(asking.leaks)).toEqual([]);
    const unreached = asking.endpoints
      .filter(({ method, path }) => method === "GET" && !asking.reached.has(`GET ${path}`))
      .map(({ path }) => path);
    expect(unreached).toEqual([]);
    expect([...asking.shown]).toEqual(
      expect.arrayContaining(
        ["drafts", "incidents", "posts"].map((records) => `GET /incident-monitor/${records}`),
      ),
    );
  },
  timeoutMs,
);

it(
  "refuses what is wrong without saying it back",
  async () => {
    await asking.askWrongly();
    expect(leaksIn(asking.leaks)).toEqual([]);
  },
  timeoutMs,
);

it(
  "ends everything without any",
  async () => {
    for (const { endpoint, key } of mutating()) if (ends({ key })) sent.push(await asking.send(endpoint));
    await asking.read("admin");
    expect(await stopHearing()).toBeGreaterThan(0);
    expect(leaksIn(asking.leaks)).toEqual([]);
    const unreached = mutating()
      .map(({ key }) => key)
      .filter((key) => !asking.reached.has(key) && !needsMore.test(key));
    expect(
      unreached.map((key) => sent.find((each) => each.key === key)),
      "give its body a form in lib/testing/secrets, or say in needsMore why it is not taken",
    ).toEqual([]);
  },
  timeoutMs,
);

describe("what stays", () => {
  it("is in no row of the database", async () => {
    const leaks: Leak[] = [];
    const shown = new Set<string>();
    const { rows: tables } = await ground.api.db.pool.query(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
    );
    for (const { table_name: table } of tables) {
      const { rows } = await ground.api.db.pool.query(`SELECT to_jsonb(t) AS row FROM "${table}" t`);
      for (const { row } of rows) {
        for (const [column, value] of Object.entries(row)) {
          const text = typeof value === "string" ? value : JSON.stringify(value);
          leaks.push(...ground.planted.leaks(`${table}.${column}`, text));
          if (text.includes(ground.planted.plain)) shown.add(table);
        }
      }
    }
    expect(leaksIn(leaks)).toEqual([]);
    expect([...shown]).toEqual(expect.arrayContaining(["incidents", "drafts", "deliveries", "receipts"]));
    // The one that is stored on purpose is found: the search works.
    expect(leaks.filter(isAllowed)).not.toEqual([]);
  });

  it("is in no file beside it", () => {
    const files = readdirSync(ground.folder, { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    const leaks = files.flatMap((file) => {
      const path = join(file.parentPath, file.name);
      return ground.planted.leaks(path, readFileSync(path, "utf8"));
    });
    expect(leaksIn(leaks)).toEqual([]);
  });

  it("is in no line of the log, however talkative", () => {
    const lines = () => log.text().split("\n");
    expect(lines().length).toBeGreaterThan(1);
    expect(leaksIn(lines().flatMap((line) => ground.planted.leaks(line.slice(0, 200), line)))).toEqual([]);
    logger.debug({ canary: ground.planted.opaque("the log") }, "a line for the search to find");
    expect(lines().flatMap((line) => ground.planted.leaks("log", line))).not.toEqual([]);
  });
});
