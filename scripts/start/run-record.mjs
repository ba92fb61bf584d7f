import fs from "node:fs";
import path from "node:path";

const recordFile = (dataDir) => path.join(dataDir, "run.json");

/**
 * What other commands on this machine need to join the running server. Holds the database's password: 0600.
 * @typedef {{ pid: number, url: string, port: number, databaseUrl: string, startedAt: string }} RunRecord
 */

/** @param {RunRecord} record */
export function writeRunRecord(dataDir, record) {
  const partial = `${recordFile(dataDir)}.${process.pid}`;
  fs.writeFileSync(partial, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  fs.renameSync(partial, recordFile(dataDir));
}

export const removeRunRecord = (dataDir) => fs.rmSync(recordFile(dataDir), { force: true });

/** @returns {RunRecord | null} */
export function readRunRecord(dataDir) {
  try {
    return JSON.parse(fs.readFileSync(recordFile(dataDir), "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}
