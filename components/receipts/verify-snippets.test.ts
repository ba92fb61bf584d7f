import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signatureHeaders } from "@/lib/destinations/webhook-signature";
import { verifySnippets } from "./verify-snippets";

const newest = "the newest secret, gehéim";
const previous = `whsec_${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`;
const body = '{"event":"incident_monitor.incident","title":"it\'s ✓ $HOME `id` %s"}\n';

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "verify-snippets-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As it is sent while both secrets live, or some time ago. */
const sent = (ageMs = 0) =>
  signatureHeaders({
    secrets: [newest, previous],
    deliveryId: "dlv_1",
    timestampMs: Date.now() - ageMs,
    body,
  });

type Received = { headers: Record<string, string>; rawBody: string; secret: string };

function run(command: string, name: string, code: string, { headers, rawBody, secret }: Received): string {
  writeFileSync(join(folder, "body.json"), rawBody);
  writeFileSync(join(folder, "headers.json"), JSON.stringify(headers));
  writeFileSync(join(folder, name), code);
  return execFileSync(command, [name], {
    cwd: folder,
    env: { ...process.env, WEBHOOK_SECRET: secret, HEADER: headers["x-tandem-signature"] ?? "" },
    stdio: "pipe",
    encoding: "utf8",
  });
}

const nodeRequest = `import { readFileSync } from "node:fs";
const rawBody = readFileSync("body.json");
const request = { headers: JSON.parse(readFileSync("headers.json", "utf8")) };
`;
const pythonRequest = `import json, types
request = types.SimpleNamespace(headers=json.load(open("headers.json")), body=open("body.json", "rb").read())
`;

/** Each snippet as it stands on the receipt, after what its own framework would have given it. */
const checks: Record<string, (received: Received) => string> = {
  Node: (received) => run(process.execPath, "verify.mjs", nodeRequest + verifySnippets.node.code, received),
  Python: (received) => run("python3", "verify.py", pythonRequest + verifySnippets.python.code, received),
  shell: (received) => run("sh", "verify.sh", verifySnippets.shell.code, received),
  "Standard Webhooks": (received) => {
    const call = "\nverify(request.headers, rawBody, process.env.WEBHOOK_SECRET);";
    return run(process.execPath, "standard.mjs", nodeRequest + verifySnippets.standard.code + call, received);
  },
};

/** The words it refused with, wherever it wrote them; empty when it accepted. */
function refusalOf(check: (received: Received) => string, received: Received): string {
  try {
    check(received);
    return "";
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return /bad signature|too old/.exec(`${stdout}${stderr}`)?.[0] ?? `${stdout}${stderr}`;
  }
}

describe.each(Object.keys(checks))(
  "the %s snippet, against a delivery signed as the product signs",
  (name) => {
    const check = checks[name] ?? (() => "");

    it.each([
      ["the newest secret", newest],
      ["the one it replaces", previous],
    ])("a receiver that knows %s accepts it", (_who, secret) => {
      expect(refusalOf(check, { headers: sent(), rawBody: body, secret })).toBe("");
    });
    it("refuses another secret, another body, and a signature that is not there", () => {
      expect(refusalOf(check, { headers: sent(), rawBody: body, secret: "another" })).toBe("bad signature");
      expect(refusalOf(check, { headers: sent(), rawBody: `${body} `, secret: newest })).toBe(
        "bad signature",
      );
      const unsigned = { ...sent(), "x-tandem-signature": `t=${Date.now()}`, "webhook-signature": "" };
      expect(refusalOf(check, { headers: unsigned, rawBody: body, secret: newest })).toBe("bad signature");
    });
    it("refuses what is more than five minutes old, and what comes from as far ahead", () => {
      expect(refusalOf(check, { headers: sent(310_000), rawBody: body, secret: newest })).toBe("too old");
      expect(refusalOf(check, { headers: sent(-310_000), rawBody: body, secret: newest })).toBe("too old");
    });
  },
);

describe("all of them", () => {
  it("are the five languages and the open standard", () => {
    expect(Object.values(verifySnippets).map(({ label }) => label)).toEqual([
      ...["Node", "Python", "Go", "Ruby", "Shell", "Standard Webhooks"],
    ]);
  });
  it("compare in constant time, take any of several signatures and mind the age", () => {
    const { node, python, go, ruby, standard } = verifySnippets;
    for (const { code } of [node, python, go, ruby, standard]) {
      expect(code).toMatch(/timingSafeEqual|compare_digest|hmac\.Equal|secure_compare/);
    }
    for (const { code } of Object.values(verifySnippets)) {
      expect(code).toMatch(/300|5\*time\.Minute/);
      expect(code).not.toMatch(/whsec_[A-Za-z0-9]{8}/);
    }
  });
});
