import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";

/**
 * The unprivileged account PostgreSQL runs under when we are root, which it refuses to run as.
 * @typedef {{ uid: number, gid: number }} Account
 */

const ownAccountName = "incident-monitor";

export const isRoot = () => process.getuid?.() === 0;

/**
 * Null when we are an ordinary user. An existing cluster's owner comes first: only that account may run it.
 * @param {string} cluster
 * @returns {Account | null}
 */
export function accountForCluster(cluster) {
  if (!isRoot()) return null;
  if (fs.existsSync(cluster)) {
    const { uid, gid } = fs.statSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  return findAccount("postgres") ?? findAccount(ownAccountName) ?? createAccount();
}

/** @returns {Account | null} */
function findAccount(name) {
  const uid = spawnSync("id", ["-u", name], { encoding: "utf8" });
  const gid = spawnSync("id", ["-g", name], { encoding: "utf8" });
  if (uid.status !== 0 || gid.status !== 0) return null;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function createAccount() {
  try {
    execFileSync(
      "useradd",
      [
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
        ownAccountName,
      ],
      { stdio: "pipe" },
    );
  } catch (error) {
    throw new Error(
      `PostgreSQL does not run as root, and no account could be made for it (useradd: ${error.message.trim()}). ` +
        "Start as an ordinary user, create a user named postgres, or set DATABASE_URL.",
    );
  }
  return findAccount(ownAccountName);
}

/**
 * Whether the account can enter a folder. Asked of the system by trying, since modes alone say nothing about ACLs,
 * mounts and security modules.
 * @param {Account | null} account
 * @param {string} folder
 */
export function canReach(account, folder) {
  if (account === null) return true;
  const result = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], {
    ...account,
    cwd: "/",
    stdio: "ignore",
  });
  if (result.error) {
    throw new Error(
      `could not switch to uid ${account.uid} for PostgreSQL (${result.error.message}). ` +
        `Start as an ordinary user of ${os.hostname()}, or set DATABASE_URL.`,
    );
  }
  return result.status === 0;
}
