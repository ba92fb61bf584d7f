import { afterEach, describe, expect, it } from "vitest";
import { type BadServer, type Behaviour, hang, json, openBadServer, text } from "../../test/bad-server";
import { type TestIo, testIo } from "../../test/cli-io";
import { commands } from "./commands/index";
import { main } from "./main";

let server: BadServer | undefined;
let made: TestIo[] = [];
afterEach(async () => {
  for (const each of made) each.remove();
  made = [];
  await server?.close();
  server = undefined;
});

async function run(argv: string[], change: Parameters<typeof testIo>[0] = {}, ...behaviours: Behaviour[]) {
  if (behaviours.length > 0) server = await openBadServer(...behaviours);
  const test = testIo(change);
  made.push(test);
  const env = { INCIDENT_MONITOR_URL: server?.url, INCIDENT_MONITOR_TOKEN: "secret-token", ...change.env };
  const code = await main(argv, { ...test.io, env });
  return { code, out: test.out(), err: test.err() };
}

describe("help", () => {
  it.each([[[]], [["--help"]], [["help"]], [["-h"]]])(
    "%j lists every command and the exit codes",
    async (argv) => {
      const { code, out } = await run(argv);
      expect(code).toBe(0);
      for (const { name } of commands) expect(out).toContain(`  ${name}`);
      expect(out).toMatch(/0 done.*1 refused.*2 wrong use.*3 no server.*4 what was compared differs/);
    },
  );

  it.each(commands.map(({ name }) => [name]))("%s --help has its options and examples", async (name) => {
    const command = commands.find((each) => each.name === name);
    const { code, out } = await run([...name.split(" "), "--help"]);
    expect(code).toBe(0);
    for (const option of Object.keys(command?.options ?? {})) expect(out).toContain(`--${option}`);
    expect(out).toContain("Examples:\n  ");
    expect(command?.examples.every((each) => each.includes(`incident-monitor ${name.split(" ")[0]}`))).toBe(
      true,
    );
  });

  it("help COMMAND is the same", async () => {
    expect((await run(["help", "config", "apply"])).out).toBe((await run(["config", "apply", "--help"])).out);
  });
});

describe("wrong use is 2, and nothing is asked of a server", () => {
  it.each<[string, string[], RegExp]>([
    ["an unknown command", ["stauts"], /no command stauts/],
    ["options before the command", ["--json", "status"], /command comes before/],
    ["half of a name", ["config"], /config export, config diff, config apply/],
    ["an unknown option", ["status", "--verbose"], /--verbose.*incident-monitor status --help/s],
    ["an option without its value", ["incidents", "--limit"], /--limit/],
    ["a number that is none", ["incidents", "--limit", "many"], /--limit: "many"/],
    ["an id too few", ["approve"], /use: incident-monitor approve ID/],
    ["an id too many", ["drafts", "show", "a", "b"], /use: incident-monitor drafts show ID/],
    ["an id that is a path", ["drafts", "show", ".."], /draftId must be an id/],
    ["a token on the command line", ["status", "--token", "x"], /can be read by every user/],
    ["the same with =", ["status", "--token=x"], /--token-file/],
    ["an URL that is none", ["status", "--url", "x"], /not an http/],
    ["nothing to report", ["report"], /nothing to report/],
    [
      "a scoped report without a key",
      ["report", "--title", "x", "--project", "p"],
      /INCIDENT_MONITOR_INTAKE_KEY/,
    ],
    ["a file that is not there", ["report", "gone.json"], /cannot read gone.json \(ENOENT\)/],
    ["a key without a name", ["keys", "create", "--project", "p"], /--name is needed/],
  ])("%s", async (_, argv, message) => {
    const { code, out, err } = await run(argv, {}, json(200, {}));
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
    expect(server?.seen).toEqual([]);
  });

  it.each([
    ["", /is empty/],
    ['{\n  "title": oops\n}', /standard input is no JSON: (?:line 2, column 12|.*oops)/],
    ['{\n  "title": 1,\n}', /standard input is no JSON: (?:line 3, column 1|.*position)/],
    ["[1]", /must hold a JSON object/],
  ])("standard input that is no report: %j", async (stdin, message) => {
    const { code, err } = await run(["report", "-"], { stdin });
    expect([code, message.test(err)]).toEqual([2, true]);
  });
});

describe("failures", () => {
  const refusal = {
    error: "repo: must be owner/repo",
    code: "VALIDATION_FAILED",
    detail: "more words",
    issues: [{ path: "repo", code: "x", message: "must be owner/repo" }],
  };

  it("a refusal is 1, with the server's words, what it listed, and the request to quote", async () => {
    const { code, err } = await run(["status"], {}, json(422, refusal, { "x-request-id": "req-9" }));
    expect(code).toBe(1);
    expect(err).toBe(
      "repo: must be owner/repo\nmore words\n  repo: must be owner/repo\n(HTTP 422, VALIDATION_FAILED, request req-9)\n",
    );
  });

  it("the same as JSON on standard error", async () => {
    const { code, out, err } = await run(["status", "--json"], {}, json(422, refusal));
    expect([code, out]).toEqual([1, ""]);
    expect(JSON.parse(err)).toMatchObject({ status: 422, code: "VALIDATION_FAILED", body: refusal });
  });

  it("401 says where the token came from, never the token", async () => {
    const { code, err } = await run(["status"], {}, json(401, { error: "no", code: "AUTH_REQUIRED" }));
    expect(code).toBe(1);
    expect(err).toContain("The token came from INCIDENT_MONITOR_TOKEN");
    expect(err).not.toContain("secret-token");
  });

  it.each<[string, Behaviour]>([
    ["no answer in time", hang],
    ["a server that starts", json(503, { error: "starting", retryable: false })],
  ])("%s is 3", async (_, behaviour) => {
    const { code, out } = await run(["status", "--timeout", "1"], {}, behaviour);
    expect([code, out]).toEqual([3, ""]);
  });

  it("nobody listening is 3", async () => {
    const closed = await openBadServer(hang);
    await closed.close();
    const { code, err } = await run(["health"], { env: { INCIDENT_MONITOR_URL: closed.url } });
    expect(code).toBe(3);
    expect(err).toContain("ECONNREFUSED");
  });

  it("another site's page is 1", async () => {
    expect((await run(["status"], {}, text(200, "<html>"))).code).toBe(1);
  });

  it("what the server answers does not steer the terminal", async () => {
    const { err } = await run(["status"], {}, json(400, { error: "bad \u001b]0;title\u0007" }));
    expect(err).toBe("bad \ufffd]0;title\ufffd\n(HTTP 400)\n");
  });
});

describe("health", () => {
  it("ready is 0, not ready is 3, and no token is sent", async () => {
    expect((await run(["health"], {}, json(200, { ready: true, version: "9" }))).out).toMatch(
      /^ready .*version 9/,
    );
    expect(server?.seen[0]?.headers.authorization).toBeUndefined();
    await server?.close();
    expect((await run(["health"], {}, json(200, { ready: false }))).code).toBe(3);
  });
});

describe("colours", () => {
  it("only where somebody looks", async () => {
    const plain = await run(["health"], {}, json(200, { ready: true }));
    expect(plain.out).not.toContain("\u001b");
    await server?.close();
    const colored = await run(["health"], { color: true, isTty: true }, json(200, { ready: true }));
    expect(colored.out).toContain("\u001b[32mready\u001b[0m");
  });
});
