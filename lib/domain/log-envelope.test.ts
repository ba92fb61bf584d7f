import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openEnvelope } from "./log-envelope";
import { logFormats } from "./log-reading";

const now = Date.UTC(2026, 6, 1, 12);
const noon = Date.UTC(2026, 5, 29, 12, 0, 1);

describe("syslog", () => {
  it.each([
    [
      "RFC 3164",
      "<11>Jun 29 12:00:01 web-1 shop[42]: it failed",
      {
        level: { word: "error", rank: 5 },
        component: "shop",
        process: "shop",
        text: "it failed",
        occurredAtMs: noon,
        stream: "web-1/shop/42",
      },
    ],
    [
      "without a PRI",
      "Jun 29 12:00:01 web-1 shop[42]: it failed",
      { level: null, component: "shop", text: "it failed" },
    ],
    [
      "without a pid",
      "<13>Jun 29 12:00:01 web-1 kernel: [12.3] oops",
      { level: { rank: 3 }, component: "kernel", text: "[12.3] oops" },
    ],
    [
      "with an ISO time",
      "<11>2026-06-29T12:00:01Z web-1 shop[42]: it failed",
      { occurredAtMs: noon, component: "shop" },
    ],
    [
      "RFC 5424",
      '<165>1 2026-06-29T12:00:01.003Z web-1 shop 42 ID47 [ex@1 fingerprint="fp \\"1\\"" n="2"][b@2] it failed',
      {
        ...{
          level: { word: "notice", rank: 3 },
          process: "shop",
          text: "it failed",
          occurredAtMs: noon + 3,
          stream: "web-1/shop/42",
        },
        facts: {
          "syslog.facility": "20",
          "ex@1.fingerprint": 'fp "1"',
          "ex@1.n": "2",
          "syslog.msgid": "ID47",
        },
      },
    ],
    [
      "RFC 5424 with nothing known",
      "<11>1 - - - - - - x",
      { level: { rank: 5 }, component: null, occurredAtMs: null, text: "x" },
    ],
    ["RFC 5424 with a byte order mark", "<11>1 - - app - - - \uFEFFx", { text: "x", component: "app" }],
  ])("%s", (_, line, expected) => {
    expect(openEnvelope(line, "syslog", now)).toMatchObject({ format: "syslog", isPart: false, ...expected });
    expect(openEnvelope(line, "auto", now)).toMatchObject(expected);
  });

  it.each([
    "<192>Jun 29 12:00:01 h a: x",
    "<11>",
    "<11>no time here",
    "plain",
    "",
    "<11>1 2026-06-29T12:00:01Z h a 1 - [open x",
  ])("none: %j", (line) => expect(openEnvelope(line, "syslog", now)).toBeNull());

  it.each([
    "2026-06-29T12:00:01Z ERROR shop: it failed",
    "Jun 29, 2026 12:00:01 PM com.acme.Foo run",
    "12:00:01 x: y",
  ])("not taken for syslog where other formats may be: %s", (line) =>
    expect(openEnvelope(line, "auto", now)).toBeNull(),
  );
});

describe("containers", () => {
  it.each([
    [
      "2026-06-29T12:00:01.000000003Z stderr F it failed",
      { stream: "stderr", text: "it failed", isPart: false },
    ],
    ["2026-06-29T14:00:01.0+02:00 stdout P half", { stream: "stdout", text: "half", isPart: true }],
    ["2026-06-29T12:00:01Z stdout F ", { text: "", isPart: false }],
    ["2026-06-29T12:00:01Z stdout F:tag x", { text: "x", isPart: false }],
  ])("CRI: %s", (line, expected) => {
    for (const format of ["cri", "auto"] as const) {
      expect(openEnvelope(line, format)).toMatchObject({
        format: "cri",
        level: null,
        occurredAtMs: noon,
        ...expected,
      });
    }
  });

  const docker = (log: string, rest = ',"stream":"stderr","time":"2026-06-29T12:00:01Z"') =>
    `{"log":${JSON.stringify(log)}${rest}}`;
  it.each([
    [docker("it failed\n"), { stream: "stderr", text: "it failed", isPart: false, occurredAtMs: noon }],
    [docker("it failed\r\n"), { text: "it failed" }],
    [docker("half"), { text: "half", isPart: true }],
    [docker("\n"), { text: "", isPart: false }],
    [
      docker("x\n", ',"stream":"stdout","attrs":{"tag":"a"},"time":"2026-06-29T12:00:01Z"'),
      { stream: "stdout", text: "x" },
    ],
    [docker("x", ',"time":"2026-06-29T12:00:01Z"'), { stream: "stdout", text: "x", isPart: false }],
  ])("Docker: %s", (line, expected) => {
    for (const format of ["docker", "auto"] as const) {
      expect(openEnvelope(line, format)).toMatchObject({ format: "docker", level: null, ...expected });
    }
  });

  it.each([
    '{"log":"x"}',
    '{"log":{"level":"error"},"stream":"a"}',
    '{"log":"x","stream":"stderr"',
    '{"msg":"x","stream":"a"}',
  ])("no container's: %s", (line) => expect(openEnvelope(line, "docker")).toBeNull());
});

it("the other formats have none", () => {
  for (const format of ["json", "logfmt", "plaintext"] as const) {
    expect(openEnvelope("<11>Jun 29 12:00:01 web-1 shop[42]: it failed", format, now)).toBeNull();
  }
});

it("total over any text", () => {
  const start = fc.constantFrom(
    "",
    "<11>",
    "<11>1 ",
    '{"log":',
    '{"log":"',
    "2026-06-29T12:00:01Z stdout ",
    "Jun 29 12:00:01 h ",
  );
  fc.assert(
    fc.property(start, fc.string(), fc.constantFrom(...logFormats), (head, text, format) => {
      const envelope = openEnvelope(head + text, format, now);
      if (envelope) expect((head + text).length).toBeGreaterThanOrEqual(envelope.text.length);
    }),
  );
});
