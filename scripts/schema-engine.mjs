#!/usr/bin/env node
// Drop-in replacement for Prisma's native schema engine, so that no engine has to be downloaded. The Prisma CLI starts
// it (PRISMA_SCHEMA_ENGINE_BINARY) and speaks newline-delimited JSON-RPC on stdio; the official WebAssembly build of
// the same engine answers. Only method names and a few CLI sub-commands are bridged here.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { createAdapterFactory } from "./schema-engine/adapter.mjs";
import { createDatabase, databaseExists, databaseName } from "./schema-engine/databases.mjs";

const require = createRequire(import.meta.url);
const engineEntry = require.resolve("@prisma/schema-engine-wasm");
const options = parseArguments(process.argv.slice(2));
const url = options.datasource?.url ?? process.env.DATABASE_URL;

if (options.version) {
  console.log(`schema-engine-cli ${readEngineVersion()}`);
} else if (options.command) {
  await runCommand(options.command);
} else {
  serve();
}

function parseArguments(argv) {
  const parsed = { datamodels: [], datasource: null, command: null, version: false };
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === "--version" || argv[i] === "-V") parsed.version = true;
    else if (argv[i] === "--datamodels") parsed.datamodels.push(argv[++i]);
    else if (argv[i] === "--datasource") parsed.datasource = JSON.parse(argv[++i]);
    else if (argv[i] === "--enabled-preview-features" || argv[i] === "--extension-types") i++;
    else if (argv[i] === "cli") parsed.command = argv[++i];
  }
  return parsed;
}

/** The commit the engine was built from: the last part of the package's version. */
function readEngineVersion() {
  const manifest = path.join(path.dirname(engineEntry), "package.json");
  return JSON.parse(fs.readFileSync(manifest, "utf8")).version.split(".").at(-1);
}

/** The CLI reads stderr as JSON log lines in the native engine's shape. */
function log(level, message, extra = {}) {
  const entry = {
    timestamp: new Date().toISOString(),
    level,
    fields: { message, ...extra },
    target: "schema_engine::logger",
  };
  process.stderr.write(`${JSON.stringify(entry)}\n`);
}

function fail(code, message) {
  log("ERROR", message, { is_panic: false, error_code: code });
  process.exit(1);
}

async function runCommand(command) {
  log("INFO", "Starting schema engine CLI"); // the CLI skips the first line
  try {
    const exists = await databaseExists(url);
    if (command === "can-connect-to-database") {
      if (!exists) fail("P1003", `Database \`${databaseName(url)}\` does not exist`);
    } else if (command === "create-database") {
      if (!exists) await createDatabase(url);
    } else {
      fail("P1012", `unsupported cli command ${command}`);
    }
  } catch (error) {
    fail("P1001", `Can't reach database server: ${error.message}`);
  }
}

/** Loads the wasm-bindgen module by hand: its own entry point needs an experimental Node flag. */
async function loadEngine() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    message: "",
    set_message(message) {
      this.message = message;
      log("ERROR", `panic: ${message}`);
    },
  };
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = fs.readFileSync(path.join(path.dirname(engineEntry), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const datamodels = options.datamodels.map((file) => [file, fs.readFileSync(file, "utf8")]);
  const onDebug = (message) => process.env.DEBUG?.includes("schema") && log("INFO", String(message));
  return bindings.SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    onDebug,
    bindMigrationAwareSqlAdapterFactory(createAdapterFactory(url)),
  );
}

/** Proof for scripts/prisma.mjs that the work was done: the CLI exits 0 from some commands when its engine dies. */
function recordAnswer(method) {
  const receipt = process.env.SCHEMA_ENGINE_RECEIPT;
  if (receipt) fs.appendFileSync(receipt, `${method}\n`);
}

function serve() {
  let engine;
  let pendingCount = 0;
  let closing = false;
  const exitWhenDone = () => {
    if (closing && pendingCount === 0) process.exit(0);
  };
  const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

  async function answer(request) {
    if (request.method === "createDatabase") {
      return { databaseName: (await databaseExists(url)) ? databaseName(url) : await createDatabase(url) };
    }
    engine ??= loadEngine();
    const loaded = await engine;
    const method = request.method === "getDatabaseVersion" ? "version" : request.method;
    if (!loaded[method]) throw new Error(`schema engine: method ${request.method} is not supported`);
    const result = await loaded[method](request.params);
    // The native engine prints a diff by calling back; the WebAssembly one returns it.
    if (method === "diff" && result?.stdout != null) {
      send({ id: 100_000 + request.id, method: "print", params: { content: result.stdout } });
    }
    return result ?? {};
  }

  const lines = readline.createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on("line", async (line) => {
    if (!line.trim()) return;
    const request = JSON.parse(line);
    if (!request.method) return; // the reply to our `print`
    pendingCount++;
    try {
      const result = await answer(request);
      recordAnswer(request.method);
      send({ id: request.id, result });
    } catch (error) {
      const details = { is_panic: false, message: error?.message ?? String(error), error_code: error?.code };
      const message = "An error happened. Check the data field for details.";
      send({ id: request.id, error: { code: 4466, message, data: details } });
    } finally {
      pendingCount--;
      exitWhenDone();
    }
  });
  lines.on("close", () => {
    closing = true;
    exitWhenDone();
  });
}
