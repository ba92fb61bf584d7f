import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hydrateSymlinks } from "./binaries.mjs";
import { findRunningPostmaster, parsePostmasterFile, postmasterFile } from "./postmaster.mjs";

let cluster;

beforeEach(() => {
  cluster = fs.mkdtempSync(path.join(os.tmpdir(), "incident-monitor-cluster-"));
});

afterEach(() => fs.rmSync(cluster, { recursive: true, force: true }));

const complete = (pid) => `${pid}\n/srv/postgres\n1764100000\n40797\n\n127.0.0.1\n  1234 5\nready   \n`;

describe("parsePostmasterFile", () => {
  it("reads pid, folder and port", () => {
    expect(parsePostmasterFile(complete(42))).toEqual({ pid: 42, cluster: "/srv/postgres", port: 40797 });
  });

  it.each([
    ["empty", ""],
    ["half-written", "42\n/srv/postgres\n"],
    ["garbage", "a\nb\nc\nd\n"],
    ["no port", "42\n/x\n1\n\n"],
  ])("is null when the file is %s", (_, text) => expect(parsePostmasterFile(text)).toBeNull());
});

describe("findRunningPostmaster", () => {
  it("finds none without a file", async () => {
    expect(await findRunningPostmaster(cluster)).toBeNull();
  });

  it.each([
    ["names a process that is no PostgreSQL", () => complete(process.pid)],
    ["names a process that is gone", () => complete(4_000_000)],
    ["is garbage", () => "not a pid\n"],
  ])("removes a file that %s", async (_, text) => {
    fs.writeFileSync(postmasterFile(cluster), text());
    expect(await findRunningPostmaster(cluster)).toBeNull();
    expect(fs.existsSync(postmasterFile(cluster))).toBe(false);
  });
});

describe("hydrateSymlinks", () => {
  it("makes the links the package lists, once", () => {
    const lib = path.join(cluster, "native", "lib");
    fs.mkdirSync(lib, { recursive: true });
    fs.writeFileSync(path.join(lib, "libx.so.1.2"), "x");
    const links = [{ source: "native/lib/libx.so.1.2", target: "native/lib/libx.so" }];
    fs.writeFileSync(path.join(cluster, "native", "pg-symlinks.json"), JSON.stringify(links));
    hydrateSymlinks(cluster);
    hydrateSymlinks(cluster);
    expect(fs.readlinkSync(path.join(lib, "libx.so"))).toBe("libx.so.1.2");
  });

  it("does nothing for a package without a list", () => {
    expect(() => hydrateSymlinks(cluster)).not.toThrow();
  });
});
