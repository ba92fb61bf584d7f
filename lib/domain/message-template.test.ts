import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { groupingAccuracy, lineMaker, logTemplates, seededRandom } from "@/lib/testing/log-corpus";
import { messageTemplate } from "./message-template";

describe("the same message: what differs is which one it was this time", () => {
  it.each<[string, string, string]>([
    ["a number, its sign and its size", "balance is 7", "balance is -1,204,331.5"],
    ["a duration in whatever unit", "gave up after 350ms", "gave up after 1m30.5s"],
    ["a duration with a space", "gave up after 2 seconds", "gave up after 1 minute"],
    ["a size in whatever unit", "read 263.0 B of 1.5GB", "read 5.4 KB of 900 MiB"],
    ["a rate", "sent at 3 MB/s", "sent at 900 KB/s"],
    ["a share", "disk 97% full", "disk 8.5% full"],
    ["one and many", "1 error in 1 file", "12 errors in 3 files"],
    [
      "a UUID",
      "run 7f9c1a52-3d10-4a53-9f6e-0d2b7a1c9e11 ended",
      "run 0A1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D ended",
    ],
    ["a hash that happens to be digits", "commit 5f3a1b2c broke", "commit 10293847 broke"],
    ["a short id behind a word", "req-7f3a failed", "req-1234 failed"],
    ["a short id of letters alone", "req-feae failed", "req-9c21 failed"],
    ["a block's id", "lost blk_-1608999687919862906", "lost blk_77"],
    ["an attempt's id", "attempt_1445_0020_m_000000_0 died", "attempt_9_1_r_3_1 died"],
    ["a pod's name", "pod web-7d9f8b6c5d-x2x4z evicted", "pod web-5c44d9bb76-hwnbg evicted"],
    ["a token", "call call_evElSQDBbwXxhwjSfAmEDWvu failed", "call call_toolu01ABCdef9 failed"],
    ["an object's hash", "closed com.acme.Pool@1a2b3c", "closed com.acme.Pool@7"],
    ["a pointer", "fault at 0x7f3a00", "fault at 0x0"],
    ["an address of version 4 or 6", "refused by 10.0.3.7:5432", "refused by fe80::1%eth0"],
    ["an address in brackets with a port", "refused by [2001:db8::1]", "refused by [::1]"],
    ["a host or its address", "connect to db-1.prod.example.com:5432", "connect to 10.0.3.7:5432"],
    ["a host and its address", "via shop.example.com/10.0.0.7:80", "via /10.1.0.7:8080"],
    ["a hardware address", "lease for 00:11:43:e3:ba:c3", "lease for 00-aa-bb-cc-dd-01"],
    ["a person's address", "mail to alice@example.com bounced", "mail to b.o-b+x@mail.example.org bounced"],
    ["a URL", "GET https://a.example/x?y=1 failed", "GET http://b.example:8080/z;q(1 failed"],
    ["a path", "cannot open /var/lib/a.json", "cannot open /tmp/x"],
    ["a path of Windows, spaces too", "cannot load C:\\Program Files\\shop\\a.dll", "cannot load D:\\b.dll"],
    ["a path of the source, its line too", "src/cart/total.ts:12:3 is not pure", "src/b.ts:1 is not pure"],
    ["a time as ISO 8601 has it", "due 2026-06-29T12:01:02.345Z", "due 2026-06-29 14:01:02,345"],
    ["a time as access logs have it", "at 29/Jun/2026:12:01:02 +0000", "at 01/Jan/2027:00:00:00 +0200"],
    ["a time in words", "since Fri Jul  1 07:57:30 2005", "since Mon, 29 Jun 2026 12:01:02 GMT"],
    ["a time as syslog has it", "since Jun 29 12:01:02", "since Jun  1 00:00:00"],
    ["a time of day", "lasted until 12:01:02", "lasted until 7:30 PM"],
    [
      "a time as Kubernetes has it",
      "E0629 12:01:02.000001 lost the lease",
      "E1231 00:00:00.123456 lost the lease",
    ],
    ["who it was", "session opened for user root", "session opened for user alice7"],
    ["who came from where", "Failed login for root from 10.0.0.1", "Failed login for alice from 10.0.0.2"],
    [
      "the value of a key that names",
      "denied user=alice pod=web tenant_id=acme",
      "denied user=b pod=api-2 tenant_id=7",
    ],
    [
      "the same in JSON",
      '{"user":"alice","msg":"denied"}',
      '{"user": "bob smith","msg":"denied"}'.replace(": ", ":"),
    ],
    ["a quoted text", 'product "Blue Suede" is gone', 'product "Very Large Hat" is gone'],
    ["a list of numbers, however long", "rows [1, 2, 3] are locked", "rows [17] are locked"],
    ["a list of hosts", "no answer from 10.0.0.1, 10.0.0.2", "no answer from 10.0.0.3"],
    ["a redaction", "token [redacted:bearer] refused", "token [redacted:jwt] refused"],
    ["colours", "\u001b[31mfailed\u001b[0m", "failed"],
    ["white space", "  a \n\t b  ", "a b"],
  ])("%s", (_, one, other) => expect(messageTemplate(other)).toBe(messageTemplate(one)));
});

describe("another message: what differs says what failed", () => {
  it.each<[string, string, string]>([
    ["a word", "connection refused", "connection reset"],
    ["a negation", "the node is ready", "the node is not ready"],
    ["an error code with a dash", "ORA-00942: no", "ORA-00060: no"],
    ["an error code without one", "error TS2322: no", "error TS2345: no"],
    ["an error code of any product behind the word", "fatal error ACME4711: no", "fatal error ACME4712: no"],
    ["an E and digits", "E1234 in the sink", "E1235 in the sink"],
    ["an error number", "ERROR 1062 (23000): no", "ERROR 1205 (23000): no"],
    ["a SQLSTATE", "failed (SQLSTATE 23505)", "failed (SQLSTATE 40001)"],
    ["an HRESULT", "failed [HRESULT = 0x80070005]", "failed [HRESULT = 0x800f0805]"],
    ["a name of an errno", "connect ECONNREFUSED 10.0.0.1", "connect ETIMEDOUT 10.0.0.1"],
    ["an errno", "failed, errno=2", "failed, errno=13"],
    ["an exit code", "exited with code 1", "exited with code 137"],
    ["an exit status", "exit status 1", "exit status 2"],
    ["a signal", "killed by signal 9", "killed by signal 11"],
    ["an HTTP status of failure", "answered with status 404", "answered with status 500"],
    ["an HTTP status behind the request", '"GET /a HTTP/1.1" 404 12', '"GET /a HTTP/1.1" 502 12'],
    ["an HTTP status behind the path", "GET /a 404 12ms", "GET /a 502 12ms"],
    ["an HTTP status under a key", "ResponseCode: 503", "ResponseCode: 401"],
    ["the request's method", '"GET /a HTTP/1.1" 404', '"POST /a HTTP/1.1" 404'],
    ["a property", "reading 'amount' of undefined", "reading 'currency' of undefined"],
    ["a constraint", 'violates "orders_pkey"', 'violates "users_email_key"'],
    ["a module", "Cannot find module '@acme/rates'", "Cannot find module '@acme/stock'"],
    ["a class", "no bean of com.acme.Rates", "no bean of com.acme.Stock"],
    ["a file's name without a path", "config.yml not found", "users.yml not found"],
    ["a scheme", "cannot open redis://cache", "cannot open amqp://cache"],
    ["a media type", "no parser for application/json", "no parser for text/html"],
    ["quoted words behind a colon", 'failed: "connection refused"', 'failed: "disk full"'],
    ["quoted words of a key that says why", 'err="no space left" op=x', 'err="permission denied" op=x'],
    ["the value of a key that does not name", "op=read failed", "op=write failed"],
    ["what comes after the variables", "10 of 12 nodes lost", "10 of 12 nodes found"],
    ["a state", "task_1 moved from NEW to DONE", "task_1 moved from NEW to LOST"],
    ["the word an id hangs on", "worker-3 died", "scheduler-3 died"],
  ])("%s", (_, one, other) => expect(messageTemplate(other)).not.toBe(messageTemplate(one)));
});

describe("numbers that are nothing of a failure's code vary", () => {
  it.each<[string, string]>([
    ["answered 503 tokens in 2s", "answered 17 tokens in 3s"],
    ["status: 200 len: 1893", "status: 204 len: 7"],
    ["message code 451 is unknown", "message code 12 is unknown"],
    ["error: 12 rows left", "error: 7 rows left"],
    ["order ORD10023 is lost", "order ORD10024 is lost"],
  ])("%s", (one, other) => expect(messageTemplate(other)).toBe(messageTemplate(one)));
});

describe("keep numbers", () => {
  const kept = (message: string) => messageTemplate(message, "keep numbers");

  it.each([
    "provider stream closed after 3 of 5 chunks (limit 180000 ms, score 0.75)",
    "gpt-4o-mini answered with status 429",
    "needs v2 of the schema, user bob of 'Blue Hat' has v1",
    "at 12:30 on 2026-06-29",
  ])("stays as it is: %s", (reason) => expect(kept(reason)).toBe(reason));

  it("ids, times, addresses and places go", () => {
    const reason =
      "run 7f9c1a52-3d10-4a53-9f6e-0d2b7a1c9e11 at 2026-06-29T12:01:02Z: 10.0.0.1:80 http://x/1 /srv/a.ts 0xff deadbeef12";
    expect(kept(reason)).toBe("run <uuid> at <time>: <host> <url> <path> <hex>");
  });
});

it("letters of other scripts end a word: a sentence without spaces is no id", () => {
  expect(messageTemplate("用户12345登录失败")).toBe("用户<n>登录失败");
});

describe("laws", () => {
  const piece = fc.constantFrom(
    ...[
      "7f9c1a52-3d10-4a53-9f6e-0d2b7a1c9e11",
      "/srv/app/a.ts",
      "http://x/1",
      "0xff",
      "12,5",
      "10.0.0.1:80",
      "::1",
    ],
    ...[
      "[redacted:bearer]",
      "2026-06-29T12:01:02Z",
      "deadbeef12",
      "<n>",
      "<id>",
      "v2",
      "(7)",
      "a=1;",
      "\u0000",
      "😀",
    ],
    ...[
      "user",
      "for user",
      "status",
      "code",
      "error",
      "404",
      "ms",
      "errors",
      "Jun",
      "Fri",
      "12:01:02",
      "PM",
      "5",
      "-",
    ],
    ...[
      '"',
      "'",
      "`",
      ":",
      "=",
      ",",
      " ",
      ".",
      "<",
      ">",
      "[",
      "]",
      "C:\\a b",
      "\\",
      "@",
      "a@b",
      "db1.example.com",
      "blk_",
      "\u001b[1m",
    ],
    ...[
      "user=",
      '"id":',
      "key=",
      "E0629",
      "ORA-00942",
      "é",
      "\ud83d",
      "x".repeat(120),
      "1".repeat(90),
      "HTTP/1.1",
      "GET /",
    ],
  );
  const message = fc.oneof(
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")),
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(" ")),
    fc.string({ maxLength: 400, unit: "binary" }),
  );

  it.each(["replace numbers", "keep numbers"] as const)("idempotent, bounded, storable (%s)", (numbers) => {
    fc.assert(
      fc.property(message, (text) => {
        const template = messageTemplate(text, numbers);
        expect(messageTemplate(template, numbers)).toBe(template);
        expect(template.length).toBeLessThanOrEqual(300);
        expect(template.isWellFormed() && !template.includes("\u0000") && template === template.trim()).toBe(
          true,
        );
      }),
      { numRuns: 1_000 },
    );
  });

  /** What reading a message costs, counted: characters looked at one by one, and characters given to patterns. */
  function costOf(text: string): number {
    let cost = 0;
    const { charCodeAt } = String.prototype;
    const { exec } = RegExp.prototype;
    const spies = [
      vi.spyOn(String.prototype, "charCodeAt").mockImplementation(function (this: string, at: number) {
        cost += 1;
        return charCodeAt.call(this, at);
      }),
      vi.spyOn(RegExp.prototype, "exec").mockImplementation(function (this: RegExp, read: string) {
        const match = exec.call(this, read);
        // One that begins at a place has read what it matched, or less than a date in words; any other may have read all.
        if (this.global && match) cost += match[0].length + 1;
        else cost += this.sticky ? 80 : String(read).length;
        return match;
      }),
    ];
    messageTemplate(text);
    for (const spy of spies) spy.mockRestore();
    return cost;
  }

  it("linear: twice the text is at most about twice the work, whatever it is made of", () => {
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 4 }),
        fc.constantFrom("", " "),
        (pieces, gap) => {
          const unit = pieces.join(gap) + gap;
          const half = unit.repeat(Math.ceil(240 / unit.length)).slice(0, 240);
          expect(costOf(half + half)).toBeLessThanOrEqual(3 * costOf(half) + 2_000);
        },
      ),
    );
  });
});

it("groups the lines of many systems, whatever their form", () => {
  const make = lineMaker(seededRandom(20_260_629));
  for (const [system, templates] of Object.entries(logTemplates)) {
    const lines = templates.flatMap((template) =>
      Array.from({ length: 30 }, () => ({ template, line: make(template) })),
    );
    expect({ system, ...groupingAccuracy(lines, messageTemplate) }).toEqual({
      system,
      accuracy: 1,
      wrong: [],
    });
  }
});
