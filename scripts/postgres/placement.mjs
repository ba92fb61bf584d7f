import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { accountForCluster, canReach } from "./account.mjs";

/**
 * @typedef {object} Placement
 * @property {string} home the folder that holds the cluster, its log and its first password file
 * @property {string} cluster PostgreSQL's own data folder
 * @property {import("./account.mjs").Account | null} account
 */

const recordFile = (dataDir) => path.join(dataDir, "postgres.json");

/** @returns {{ home?: string, port?: number }} */
export function readRecord(dataDir) {
  try {
    return JSON.parse(fs.readFileSync(recordFile(dataDir), "utf8"));
  } catch {
    return {};
  }
}

export function updateRecord(dataDir, change) {
  const text = `${JSON.stringify({ ...readRecord(dataDir), ...change }, null, 2)}\n`;
  const partial = `${recordFile(dataDir)}.${process.pid}`;
  fs.writeFileSync(partial, text, { mode: 0o600 });
  fs.renameSync(partial, recordFile(dataDir));
}

/**
 * Inside the data folder, unless we are root and the database's account cannot get there (a home only its owner may
 * enter): then below /var/lib, recorded in the data folder so that every later start finds it.
 * @param {string} dataDir
 * @returns {Placement}
 */
export function placeCluster(dataDir) {
  const recorded = readRecord(dataDir).home;
  if (recorded && fs.existsSync(recorded)) return placementIn(recorded);

  const inside = placementIn(dataDir);
  if (canReach(inside.account, dataDir)) return inside;

  // A new name each time: what lies below /var/lib from a data folder that was deleted since has lost its passwords.
  const home = `/var/lib/incident-monitor-${randomBytes(6).toString("hex")}`;
  fs.mkdirSync(home, { recursive: true, mode: 0o711 });
  fs.writeFileSync(path.join(home, "BELONGS_TO"), `${fs.realpathSync(dataDir)}\n`);
  updateRecord(dataDir, { home });
  return placementIn(home);
}

/** @returns {Placement} */
function placementIn(home) {
  const cluster = path.join(home, "postgres");
  return { home, cluster, account: accountForCluster(cluster) };
}
