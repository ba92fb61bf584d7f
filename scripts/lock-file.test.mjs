import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acquireLock, LockedError, parseHolder } from "./lock-file.mjs";
import { isRunning, startTimeOf } from "./processes.mjs";

let folder;
let file;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "incident-monitor-lock-"));
  file = path.join(folder, "lock");
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const bootId = fs.existsSync("/proc/sys/kernel/random/boot_id")
  ? fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()
  : null;

function leave(holder) {
  const text = JSON.stringify({
    host: os.hostname(),
    bootId,
    startTime: startTimeOf(holder.pid),
    about: "old",
    ...holder,
  });
  fs.writeFileSync(file, text);
}

async function endedPid() {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid;
}

describe("acquireLock", () => {
  it("refuses a second holder and names the first", () => {
    const lock = acquireLock(file, "http://localhost:1");
    expect(() => acquireLock(file, "other")).toThrow(LockedError);
    expect(() => acquireLock(file, "other")).toThrow(`held by process ${process.pid}`);
    lock.release();
    acquireLock(file, "other").release();
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it("keeps its file to its owner", () => {
    acquireLock(file, "x");
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  });

  it("takes over from a process that is gone", async () => {
    leave({ pid: await endedPid(), startTime: "1" });
    acquireLock(file, "mine");
    expect(parseHolder(fs.readFileSync(file, "utf8"))).toMatchObject({ pid: process.pid, about: "mine" });
  });

  it("takes over when the pid belongs to another process by now", () => {
    leave({ pid: process.ppid, startTime: "12345" });
    expect(() => acquireLock(file, "mine")).not.toThrow();
  });

  it("takes over after a reboot", () => {
    leave({ pid: process.ppid, bootId: "another boot" });
    expect(() => acquireLock(file, "mine")).not.toThrow();
  });

  it("leaves a living process its lock", () => {
    leave({ pid: process.ppid });
    expect(() => acquireLock(file, "mine")).toThrow(LockedError);
  });

  it("judges a holder on another host by its heartbeat", () => {
    leave({ pid: 1, host: "another-host" });
    expect(() => acquireLock(file, "mine")).toThrow(/another-host/);
    const past = new Date(Date.now() - 60_000);
    fs.utimesSync(file, past, past);
    expect(() => acquireLock(file, "mine")).not.toThrow();
  });

  it("takes over a file that is no lock of ours", () => {
    fs.writeFileSync(file, "{");
    expect(() => acquireLock(file, "mine")).not.toThrow();
  });

  it("does not release what somebody else took over", () => {
    const lock = acquireLock(file, "mine");
    leave({ pid: process.ppid });
    lock.release();
    expect(fs.existsSync(file)).toBe(true);
  });
});

describe("isRunning", () => {
  it("tells the living from the ended", async () => {
    expect(isRunning(process.pid)).toBe(true);
    expect(isRunning(await endedPid())).toBe(false);
  });
});
