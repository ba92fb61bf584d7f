import { readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { helpText, parseCommandLine } from "./settings/command-line.mjs";
import { firstBootSettings, readSettings, SettingError, settings } from "./settings.mjs";

const messageOf = (source) => {
  try {
    readSettings(source);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingError);
    return error.message;
  }
  throw new Error("nothing was refused");
};

describe("readSettings", () => {
  it("needs nothing", () => {
    expect(readSettings({})).toMatchObject({
      port: 39731,
      host: undefined,
      publicUrl: "http://localhost:39731",
      nextAuthUrl: "http://localhost:39731",
      adminEmail: "admin@localhost",
      allowedRoots: ["/workspace/repos"],
      insecure: false,
      workers: true,
      firstBoot: {},
    });
  });

  it("is frozen, all the way down", () => {
    const read = readSettings({});
    expect(Object.isFrozen(read)).toBe(true);
    expect(Object.isFrozen(read.allowedRoots)).toBe(true);
  });

  it("takes an empty variable as unset", () => {
    expect(readSettings({ PORT: "", DATABASE_URL: "" })).toMatchObject({
      port: 39731,
      databaseUrl: undefined,
    });
  });

  it("takes an OpenID Connect provider whole or not at all, a private one only into an opened network", () => {
    const whole = {
      INCIDENT_MONITOR_OIDC_ISSUER: "https://id.example.com/tenant/",
      INCIDENT_MONITOR_OIDC_CLIENT_ID: "incident-monitor",
    };
    expect(readSettings(whole)).toMatchObject({
      oidcIssuer: "https://id.example.com/tenant",
      oidcClientId: "incident-monitor",
      oidcName: "single sign-on",
      oidcNewUserRole: undefined,
    });
    expect(messageOf({ ...whole, INCIDENT_MONITOR_OIDC_CLIENT_ID: "" })).toContain("--oidc-client-id");
    expect(messageOf({ ...whole, INCIDENT_MONITOR_OIDC_ISSUER: "" })).toContain("mean nothing without it");
    expect(messageOf({ ...whole, INCIDENT_MONITOR_OIDC_NEW_USER_ROLE: "admin" })).toContain("not a role");
    expect(messageOf({ ...whole, INCIDENT_MONITOR_OIDC_CLIENT_SECRET_REF: "hunter2" })).toContain(
      "never the secret",
    );
    expect(messageOf({ ...whole, INCIDENT_MONITOR_OIDC_NAME: "x".repeat(41) })).toContain("40 characters");
    for (const issuer of ["http://id.example.com", "https://localhost:8443"]) {
      const local = { ...whole, INCIDENT_MONITOR_OIDC_ISSUER: issuer };
      expect(messageOf(local)).toContain("--private-networks");
      expect(readSettings({ ...local, INCIDENT_MONITOR_PRIVATE_NETWORKS: "127.0.0.0/8" }).oidcIssuer).toBe(
        issuer,
      );
    }
  });

  it("takes private networks apart", () => {
    const source = { INCIDENT_MONITOR_PRIVATE_NETWORKS: "10.20.0.0/16, fd00::/8," };
    expect(readSettings(source).privateNetworks).toEqual(["10.20.0.0/16", "fd00::/8"]);
    expect(readSettings({}).privateNetworks).toEqual([]);
  });

  it("takes other sites' origins apart, each once and without a slash", () => {
    const source = {
      INCIDENT_MONITOR_CORS_ORIGINS:
        "https://tools.example.com/, http://localhost:5173, https://tools.example.com",
    };
    expect(readSettings(source).corsOrigins).toEqual(["https://tools.example.com", "http://localhost:5173"]);
    expect(readSettings({}).corsOrigins).toEqual([]);
  });

  it("takes the token under either name, its own first", () => {
    expect(readSettings({ TANDEM_ENGINE_TOKEN: "engine-token" }).token).toBe("engine-token");
    const both = { TANDEM_ENGINE_TOKEN: "engine-token", INCIDENT_MONITOR_TOKEN: "monitor-token" };
    expect(readSettings(both).token).toBe("monitor-token");
  });

  it.each([
    ["PORT", "0", /PORT \(--port\): "0" is not a port; give a number from 1 to 65535/],
    ["PORT", "80a", /"80a" is not a port/],
    ["PORT", "70000", /"70000" is not a port/],
    ["HOST", "two words", /HOST \(--host\): "two words" is not an address/],
    ["INCIDENT_MONITOR_URL", "incidents.example.com", /is not an http or https URL/],
    [
      "INCIDENT_MONITOR_URL",
      "https://example.com/monitor",
      /has a path; give only .*https:\/\/example\.com\./,
    ],
    ["INCIDENT_MONITOR_URL", "https://user:pw@example.com", /user name or password/],
    ["DATABASE_URL", "mysql://host/db", /not a PostgreSQL URL/],
    ["DATABASE_URL", "postgresql://host:5432", /names no database/],
    ["INCIDENT_MONITOR_TOKEN", "short", /too short; give at least 8/],
    ["INCIDENT_MONITOR_TOKEN", "with a space in it", /holds spaces/],
    ["INCIDENT_MONITOR_ADMIN_EMAIL", "nobody", /is not an e-mail address/],
    ["INCIDENT_MONITOR_ALLOWED_ROOTS", "repos", /"repos" is not an absolute path/],
    ["INCIDENT_MONITOR_SECRET_ENV", "NEXTAUTH_SECRET", /NEXTAUTH_SECRET is a setting of this program itself/],
    ["INCIDENT_MONITOR_SECRET_ENV", "GITHUB_TOKEN,TANDEM_ENGINE_TOKEN", /TANDEM_ENGINE_TOKEN is a setting/],
    ["INCIDENT_MONITOR_SECRET_ENV", "9LIVES", /"9LIVES" is not a variable's name/],
    ["INCIDENT_MONITOR_PRIVATE_NETWORKS", "10.0.0.0/16,intranet", /"intranet" is not a network; give CIDR/],
    ["INCIDENT_MONITOR_PRIVATE_NETWORKS", "10.0.0.0/33", /"10\.0\.0\.0\/33" is not a network/],
    ["INCIDENT_MONITOR_CORS_ORIGINS", "*", /"\*" names no site; list each in full/],
    ["INCIDENT_MONITOR_CORS_ORIGINS", "https://a.example,null", /"null" names no site/],
    ["INCIDENT_MONITOR_CORS_ORIGINS", "tools.example.com", /is not an http or https URL/],
    ["INCIDENT_MONITOR_CORS_ORIGINS", "https://a.example/app", /has a path/],
    ["INCIDENT_MONITOR_MCP_FILE", "/nowhere/mcp.json", /there is no file \/nowhere\/mcp\.json/],
    [
      "INCIDENT_MONITOR_DELIVERY_LEASE_MS",
      "45s",
      /"45s" is not a time; give milliseconds from 1000 to 600000/,
    ],
    ["INCIDENT_MONITOR_DELIVERY_LEASE_MS", "999", /"999" is not a time/],
    ["INCIDENT_MONITOR_INSECURE", "perhaps", /"perhaps" is neither true nor false; give 1 or 0/],
    ["TANDEM_INCIDENT_MONITOR_REPO", "not-a-repo", /TANDEM_INCIDENT_MONITOR_REPO: .*give owner\/name/],
    ["TANDEM_INCIDENT_MONITOR_TRIAGE_TIMEOUT_MS", "soon", /number of milliseconds/],
  ])("refuses %s=%s and says how to put it right", (name, value, expected) => {
    expect(messageOf({ [name]: value })).toMatch(expected);
  });

  it("names every mistake at once and repeats no secret", () => {
    const message = messageOf({
      PORT: "x",
      DATABASE_URL: "mysql://u:hunter2@h/d",
      INCIDENT_MONITOR_TOKEN: "s3cret",
    });
    expect(message).toMatch(/PORT[\s\S]*DATABASE_URL[\s\S]*INCIDENT_MONITOR_TOKEN/);
    expect(message).not.toMatch(/hunter2|s3cret/);
  });

  it.each(["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"])("lets %s be plain http", (host) => {
    expect(readSettings({ HOST: host }).host).toBe(host.replace(/[[\]]/g, ""));
  });

  it.each(["0.0.0.0", "::", "192.168.1.5", "monitor.lan"])("refuses plain http on %s", (host) => {
    expect(messageOf({ HOST: host })).toMatch(/can be reached from other machines[\s\S]*--insecure/);
    expect(messageOf({ HOST: host, INCIDENT_MONITOR_URL: "http://x.example" })).toMatch(/--insecure/);
    expect(readSettings({ HOST: host, INCIDENT_MONITOR_INSECURE: "1" }).insecure).toBe(true);
    expect(readSettings({ HOST: host, INCIDENT_MONITOR_URL: "https://x.example/" }).publicUrl).toBe(
      "https://x.example",
    );
  });

  it("refuses two different public addresses", () => {
    const source = { INCIDENT_MONITOR_URL: "https://a.example", NEXTAUTH_URL: "https://b.example" };
    expect(messageOf(source)).toMatch(/Set only INCIDENT_MONITOR_URL/);
  });

  it("never lets the data folder be a workspace", () => {
    const source = {
      INCIDENT_MONITOR_DATA_DIR: "/srv/im",
      INCIDENT_MONITOR_ALLOWED_ROOTS: "/srv/im/secrets",
    };
    expect(messageOf(source)).toMatch(/\/srv\/im\/secrets is in the data folder/);
    expect(readSettings({ ...source, INCIDENT_MONITOR_ALLOWED_ROOTS: "/srv" }).allowedRoots).toEqual([
      "/srv",
    ]);
  });

  it("reads the values of a first boot, null among them", () => {
    const source = {
      TANDEM_INCIDENT_MONITOR_ENABLED: "false",
      TANDEM_INCIDENT_MONITOR_REPO: "acme/shop",
      TANDEM_INCIDENT_MONITOR_TRIAGE_TIMEOUT_MS: "none",
    };
    expect(readSettings(source).firstBoot).toEqual({
      enabled: false,
      repo: "acme/shop",
      triageTimeoutMs: null,
    });
  });
});

describe("parseCommandLine", () => {
  it("turns flags into variables, and a flag wins", () => {
    const { env, build } = parseCommandLine(["--port", "4000", "--host=::1", "--insecure"], { PORT: "5000" });
    expect(env).toMatchObject({ PORT: "4000", HOST: "::1", INCIDENT_MONITOR_INSECURE: "1" });
    expect(build).toBe(true);
  });

  it("adds each --root to the allowed ones", () => {
    const parsed = parseCommandLine(["--root", "/a", "--root=/b"], {});
    expect(readSettings(parsed.env).allowedRoots).toEqual(["/workspace/repos", "/a", "/b"]);
    const given = parseCommandLine(["--root", "/a"], { INCIDENT_MONITOR_ALLOWED_ROOTS: "/mine" });
    expect(readSettings(given.env).allowedRoots).toEqual(["/mine", "/a"]);
  });

  it("knows the switches of a start", () => {
    expect(parseCommandLine(["--no-build"], {}).build).toBe(false);
    expect(readSettings(parseCommandLine(["--no-workers"], {}).env).workers).toBe(false);
    expect(parseCommandLine(["-h"], {}).help).toBe(true);
  });

  it.each([
    [["--prot", "1"], /--prot is not an option.*--help/],
    [["4000"], /4000 is not an option/],
    [["--port"], /--port needs a value/],
    [["--root="], /--root needs a value/],
  ])("refuses %j", (argv, expected) => {
    expect(() => parseCommandLine(argv, {})).toThrow(expected);
  });

  it("changes nothing it was given", () => {
    const env = { PORT: "1" };
    parseCommandLine(["--port", "2"], env);
    expect(env).toEqual({ PORT: "1" });
  });
});

describe("helpText", () => {
  it("lists every setting by flag and by variable", () => {
    const help = helpText();
    for (const { name, flag, key } of settings.filter((setting) => setting.key !== "workers")) {
      expect(help, key).toContain(flag);
      expect(help, key).toContain(name);
    }
    for (const flag of ["--root", "--no-build", "--no-workers", "--help"]) expect(help).toContain(flag);
  });

  it.each([
    ["npm start", /serves the panel, the API and the workers/],
    ["npm run dev", /hot reload/],
    ["npm run worker", /background work alone/],
  ])("says what %s does, and of no other command", (command, what) => {
    const [usage, , says] = helpText(command).split("\n");
    expect(usage).toBe(`Usage: ${command} -- [options]`);
    expect(says).toMatch(what);
  });

  it("names no path of the machine it runs on", () => {
    expect(helpText()).not.toContain(os.homedir() === "/" ? path.resolve(".") : os.homedir());
  });
});

describe("the documents", () => {
  const read = (name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
  const cells = (row) => row.split("|").map((cell) => cell.trim());

  it("have every setting, with its flag and what --help says of it", () => {
    const rows = read("docs/operations.md")
      .split("\n")
      .map((row) => cells(row).join("|"));
    for (const { name, also = [], flag, help } of settings) {
      const names = [name, ...also].map((each) => `\`${each}\``).join(", ");
      expect(rows, name).toContain(`|${names}|\`${flag}\`|${help}|`);
    }
    for (const { name } of firstBootSettings) expect(read("docs/operations.md")).toContain(`\`${name}\``);
  });

  it("name no setting and no flag that there is not", () => {
    const names = [
      ...settings.flatMap(({ name, also = [] }) => [name, ...also]),
      ...firstBootSettings.map(({ name }) => name),
    ];
    for (const document of ["README.md", "docs/operations.md"]) {
      const text = read(document);
      const variables = text.match(/\b(?:TANDEM_)?INCIDENT_MONITOR_[A-Z_]+\b|\bNEXTAUTH_[A-Z]+\b/g) ?? [];
      const unknown = variables.filter(
        (each) => !names.includes(each) && !each.startsWith("INCIDENT_MONITOR_SECRET_"),
      );
      expect(unknown, document).toEqual([]);
    }
    const flags = [...helpText().matchAll(/--[a-z][a-z-]+/g)].map(([flag]) => flag);
    const told = [...read("README.md").matchAll(/(?:npm start -- |with `)(--[a-z-]+)/g)].map(
      ([, flag]) => flag,
    );
    expect(told.length).toBeGreaterThan(1);
    for (const flag of told) expect(flags).toContain(flag);
  });
});
