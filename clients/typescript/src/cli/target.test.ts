import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findTarget } from "./target";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "incident-monitor-target-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function dataFolder(name: string, token = `token-of-${name}`, url?: string) {
  mkdirSync(join(cwd, name, "secrets"), { recursive: true });
  writeFileSync(join(cwd, name, "secrets", "api-token"), `${token}\n`);
  if (url) writeFileSync(join(cwd, name, "run.json"), JSON.stringify({ pid: 1, url }));
}
const none = { url: undefined, tokenFile: undefined, dataDir: undefined, intakeKeyFile: undefined };
const find = (given: Partial<Parameters<typeof findTarget>[0]> = {}, env = {}) =>
  findTarget({ ...none, ...given }, env, cwd);

describe("where to and as whom", () => {
  it("alone: the default address and nobody", () => {
    expect(find()).toMatchObject({ url: "http://localhost:39731", token: undefined });
  });

  it("the environment", () => {
    const env = { INCIDENT_MONITOR_URL: "https://x.example/", INCIDENT_MONITOR_TOKEN: " t " };
    expect(find({}, env)).toMatchObject({
      url: "https://x.example",
      token: "t",
      from: "INCIDENT_MONITOR_TOKEN",
    });
  });

  it("a flag wins over the environment", () => {
    writeFileSync(join(cwd, "token"), "from-file\n");
    const env = { INCIDENT_MONITOR_URL: "https://x.example", INCIDENT_MONITOR_TOKEN: "t" };
    expect(find({ url: "http://y.example:1", tokenFile: "token" }, env)).toMatchObject({
      url: "http://y.example:1",
      token: "from-file",
    });
  });

  it("a data folder gives the token and the address its server answers at", () => {
    dataFolder("monitor", "t1", "http://localhost:4000");
    expect(find({ dataDir: "monitor" })).toMatchObject({ url: "http://localhost:4000", token: "t1" });
    expect(find({}, { INCIDENT_MONITOR_DATA_DIR: "monitor" })).toMatchObject({ token: "t1" });
    expect(find({ dataDir: "monitor" }, { INCIDENT_MONITOR_TOKEN: "env" }).token).toBe("t1");
    expect(find({ dataDir: "monitor", url: "http://z.example" }).url).toBe("http://z.example");
  });

  it("the .data of the folder counts only when nothing else was said", () => {
    dataFolder(".data", "here", "http://localhost:4001");
    expect(find()).toMatchObject({ url: "http://localhost:4001", token: "here" });
    expect(find({}, { INCIDENT_MONITOR_TOKEN: "mine" })).toMatchObject({
      url: "http://localhost:39731",
      token: "mine",
    });
    expect(find({ url: "https://x.example" })).toMatchObject({ url: "https://x.example", token: undefined });
  });

  it("a scoped key comes from its file or the environment", () => {
    writeFileSync(join(cwd, "key"), "tim_intake_1\n");
    expect(find({ intakeKeyFile: "key" }).intakeKey).toBe("tim_intake_1");
    expect(find({}, { INCIDENT_MONITOR_INTAKE_KEY: "tim_intake_2" }).intakeKey).toBe("tim_intake_2");
  });

  it.each([
    ["a token file that is not there", { tokenFile: "gone" }, /--token-file: cannot read .*ENOENT/],
    ["a data folder without a token", { dataDir: "gone" }, /--data-dir: cannot read .*api-token/],
    ["no URL", { url: "localhost:1" }, /not an http or https URL/],
    ["a URL with a password", { url: "https://a:b@x.example" }, /user name or password/],
  ])("refuses %s", (_, given, message) => expect(() => find(given)).toThrow(message));

  it("refuses an empty token file", () => {
    writeFileSync(join(cwd, "empty"), "\n");
    expect(() => find({ tokenFile: "empty" })).toThrow(/is empty/);
  });
});
