import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { build } from "esbuild";
import { projectRoot } from "../../scripts/project.mjs";
import { seedOf } from "./ledger-ground";

/** What each process did. */
export type LedgerWork = { written: number[]; sealed: number[] };

/** Two processes write to the ledger while two others, each a host with the same key, seal it. Nothing waits afterwards. */
export async function workOnLedger(databaseUrl: string, forMs: number): Promise<LedgerWork> {
  const script = join(projectRoot, ".build", `ledger-process-${process.pid}.mjs`);
  const folder = mkdtempSync(join(tmpdir(), "ledger-processes-"));
  const started: ChildProcess[] = [];
  const start = (work: "write" | "seal", at: number) => {
    const env = {
      ...process.env,
      ...{ LEDGER_DATABASE_URL: databaseUrl, LEDGER_WORK: work, LEDGER_SEED: seedOf(7) },
      LEDGER_FOLDER: join(folder, String(at)),
    };
    const child = spawn(process.execPath, [script], { env, stdio: ["pipe", "pipe", "inherit"] });
    started.push(child);
    return { child, answer: answerOf(child, work) };
  };
  try {
    await bundleTo(script);
    const sealers = [start("seal", 0), start("seal", 1)];
    const writers = [start("write", 2), start("write", 3)];
    await Promise.race([pause(forMs), Promise.all([...sealers, ...writers].map((each) => each.answer))]);
    for (const { child } of writers) child.stdin?.end();
    const written = await Promise.all(writers.map((each) => each.answer));
    for (const { child } of sealers) child.stdin?.end();
    return { written, sealed: await Promise.all(sealers.map((each) => each.answer)) };
  } finally {
    for (const child of started) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
    rmSync(script, { force: true });
  }
}

async function answerOf(child: ChildProcess, work: string): Promise<number> {
  let text = "";
  child.stdout?.on("data", (chunk) => {
    text += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the process that should ${work} ended with ${code}: ${text}`);
  return (JSON.parse(text) as { count: number }).count;
}

async function bundleTo(outfile: string): Promise<void> {
  await build({
    ...{ absWorkingDir: projectRoot, entryPoints: ["lib/testing/ledger-process.ts"], outfile },
    ...{ bundle: true, platform: "node", format: "esm", target: "node20", packages: "external" },
    logLevel: "silent",
  });
}
