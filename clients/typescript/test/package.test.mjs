import { spawn } from "node:child_process";
import fs from "node:fs";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureClientBuilt } from "../../../scripts/build/client.mjs";

const folder = fileURLToPath(new URL("..", import.meta.url));
const root = path.resolve(folder, "../..");
const minutes = 120_000;

let project;
let server;
let url;

/** What people get: packed, and installed into an empty project without a network. */
beforeAll(async () => {
  await ensureClientBuilt();
  project = fs.mkdtempSync(path.join(os.tmpdir(), "incident-monitor-package-"));
  const packed = await run("npm", ["pack", "--json", "--pack-destination", project], folder);
  expect(packed.err + packed.out).toContain("filename");
  const [tarball] = fs.readdirSync(project).filter((name) => name.endsWith(".tgz"));
  write("package.json", JSON.stringify({ name: "consumer", private: true, type: "module" }));
  const installed = await run("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`]);
  expect(installed).toMatchObject({ code: 0 });
  server = createServer((request, response) => {
    if (request.url === "/incident-monitor/events") {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(": open\n\n");
    } else {
      response.end(JSON.stringify({ ready: true, version: "7", incidents: [], count: 0 }));
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${server.address().port}`;
}, minutes);

afterAll(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve()));
  if (project) fs.rmSync(project, { recursive: true, force: true });
});

function write(name, text) {
  fs.writeFileSync(path.join(project, name), text);
}

/** Not spawnSync: the server that is asked lives in this process. */
function run(command, args, cwd = project, onOut = () => {}) {
  const { INCIDENT_MONITOR_URL, INCIDENT_MONITOR_TOKEN, INCIDENT_MONITOR_DATA_DIR, ...env } = process.env;
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
    onOut(child, out);
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code: code ?? signal, out, err }));
  });
}

const use = (name) => `
  const client = new TandemClient({ baseUrl: ${JSON.stringify(url)} });
  const { version } = await client.health();
  console.log("${name}", version, typeof client.incidentMonitor.report, new NetworkError("a", "b", "c") instanceof Error);
`;

describe("the package", () => {
  it("brings no dependency, no source, no test and no map of this machine", () => {
    const installed = path.join(project, "node_modules", "@incident-monitor", "client");
    const files = fs
      .readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((row) => row.isFile())
      .map((row) => path.relative(installed, path.join(row.parentPath, row.name)));
    expect(files).toEqual(expect.arrayContaining(["README.md", "bin/incident-monitor.mjs", "dist/cli.mjs"]));
    expect(files.filter((name) => /\.test\.|^src|^test|tsconfig/.test(name))).toEqual([]);
    const meta = JSON.parse(fs.readFileSync(path.join(installed, "package.json"), "utf8"));
    expect([meta.dependencies, meta.scripts]).toEqual([undefined, undefined]);
    expect(
      fs.readdirSync(path.join(project, "node_modules")).filter((name) => !name.startsWith(".")),
    ).toEqual(["@incident-monitor"]);
    const leaking = files.filter((name) =>
      fs.readFileSync(path.join(installed, name), "utf8").includes(root),
    );
    expect(leaking).toEqual([]);
  });

  it(
    "is imported as ESM and required as CommonJS",
    async () => {
      write("esm.mjs", `import { NetworkError, TandemClient } from "@incident-monitor/client";${use("esm")}`);
      write(
        "cjs.cjs",
        `const { NetworkError, TandemClient } = require("@incident-monitor/client");(async () => {${use("cjs")}})();`,
      );
      expect(await run(process.execPath, ["esm.mjs"])).toEqual({
        code: 0,
        err: "",
        out: "esm 7 function true\n",
      });
      expect(await run(process.execPath, ["cjs.cjs"])).toEqual({
        code: 0,
        err: "",
        out: "cjs 7 function true\n",
      });
    },
    minutes,
  );

  const consumer = (more = "") => `
    import { type Draft, IncidentMonitorError, TandemClient } from "@incident-monitor/client";
    async function use(client: TandemClient): Promise<string | undefined> {
      const { drafts } = await client.incidentMonitor.listDrafts({ limit: 5 });
      const first: Draft | undefined = drafts[0];
      for await (const event of client.incidentMonitor.events())
        if (event.type === "change") return event.id;
      const later: unknown = first?.a_key_of_a_later_version;
      if (later instanceof IncidentMonitorError) return later.code;
      ${more}
      return first?.facets?.approval;
    }
    export { use };
  `;

  it.each([
    ["nodenext, ESM", "esm.mts", ["--module", "nodenext", "--moduleResolution", "nodenext"]],
    ["nodenext, CommonJS", "cjs.cts", ["--module", "nodenext", "--moduleResolution", "nodenext"]],
    ["a bundler", "bundled.ts", ["--module", "esnext", "--moduleResolution", "bundler"]],
  ])(
    "its types hold under %s",
    async (_, name, options) => {
      const compile = async (text) => {
        write(name, text);
        const compiler = path.join(root, "node_modules", "typescript", "bin", "tsc");
        const fixed = ["--strict", "--noEmit", "--target", "es2022", "--lib", "es2023,dom", "--types", ""];
        return run(process.execPath, [compiler, ...fixed, ...options, name]);
      };
      expect(await compile(consumer())).toEqual({ code: 0, err: "", out: "" });
      const wrong = await compile(consumer('await client.incidentMonitor.report({ titel: "x" });'));
      expect([wrong.code === 0, wrong.out]).toEqual([false, expect.stringContaining("titel")]);
    },
    minutes,
  );

  it(
    "its command runs, and says by its exit code what happened",
    async () => {
      const command = path.join(project, "node_modules", ".bin", "incident-monitor");
      const healthy = await run(command, ["health", "--url", url]);
      expect(healthy).toEqual({ code: 0, err: "", out: `ready  ${url}  version 7\n` });
      expect((await run(command, ["--help"])).out).toContain("Usage: incident-monitor COMMAND");
      expect((await run(command, ["nonsense"])).code).toBe(2);
      expect((await run(command, ["health", "--url", "http://127.0.0.1:9"])).code).toBe(3);
      const npx = await run("npx", ["--no-install", "incident-monitor", "health", "--url", url]);
      expect([npx.code, npx.out]).toEqual([0, healthy.out]);
    },
    minutes,
  );

  it(
    "it watches until Ctrl-C, and that is no failure",
    async () => {
      const command = path.join(project, "node_modules", ".bin", "incident-monitor");
      const watched = await run(command, ["incidents", "--watch", "--url", url], project, (child, out) => {
        if (out.includes("No incident matches.")) child.kill("SIGINT");
      });
      expect(watched).toEqual({ code: 0, err: "", out: "No incident matches.\n\n" });
    },
    minutes,
  );

  it("an unbuilt checkout says how to build", async () => {
    fs.mkdirSync(path.join(project, "unbuilt", "bin"), { recursive: true });
    const copy = path.join(project, "unbuilt", "bin", "incident-monitor.mjs");
    fs.copyFileSync(path.join(folder, "bin", "incident-monitor.mjs"), copy);
    const { code, err } = await run(process.execPath, [copy, "status"]);
    expect([code, err]).toEqual([1, expect.stringContaining("npm run build")]);
  });
});
