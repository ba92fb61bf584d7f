import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { IntakeKey } from "../../types/intake.js";
import { type Call, type Command, given, show } from "../command.js";
import { exitCodes, UsageError } from "../exit-codes.js";
import { pairs, table } from "../table.js";
import { ago, iso, plain } from "../text.js";

const list: Command = {
  name: "keys list",
  summary: "Scoped intake keys by project and name; never the keys themselves",
  options: { project: { type: "string", value: "ID", about: "of one project" } },
  examples: ["incident-monitor keys list", "incident-monitor keys list --project shop --json"],
  run: async (call) => {
    const query = given({ project: call.args.text("project") });
    const answer = await call.client.incidentMonitor.listIntakeKeys(query, { signal: call.io.signal });
    show(call, answer, () => keyTable(call, answer.keys));
    return exitCodes.ok;
  },
};

function keyTable({ style, io, nowMs }: Call, keys: readonly IntakeKey[]): string {
  if (keys.length === 0) return "There is no key.";
  return table<IntakeKey>(
    keys,
    [
      { title: "PROJECT", of: (row) => row.project_id, cutTo: 8 },
      { title: "NAME", of: (row) => row.name, cutTo: 8 },
      { title: "KEY", of: (row) => row.key_id },
      { title: "BEGINS", of: (row) => row.prefix ?? "-" },
      { title: "STATE", of: (row) => stateOf(row, nowMs()) },
      { title: "USED", of: (row) => ago(row.last_used_at_ms, nowMs()), align: "right" },
      { title: "REFUSED", of: (row) => String(row.rejected_count ?? 0), align: "right" },
    ],
    io.size()?.columns ?? null,
    (text, row) => (row === null || !row.enabled ? style.dim(text) : text),
  );
}

function stateOf(key: IntakeKey, nowMs: number): string {
  if (!key.enabled) return "disabled";
  if (key.expires_at_ms === undefined) return "enabled";
  return key.expires_at_ms <= nowMs ? "expired" : `until ${iso(key.expires_at_ms).slice(0, 10)}`;
}

const create: Command = {
  name: "keys create",
  summary: "Make a key that can report for one project and nothing else",
  about: "The key itself is shown once. --out writes it to a file that only you can read instead.",
  options: {
    project: { type: "string", value: "ID", about: "the project it reports for (needed)" },
    name: { type: "string", value: "NAME", about: "what it is for (needed)" },
    "source-id": { type: "string", value: "ID", multiple: true, about: "only for this log source" },
    "expires-days": { type: "string", value: "N", about: "no longer than this" },
    "rate-per-second": { type: "string", value: "N", about: "reports it may send in a second" },
    burst: { type: "string", value: "N", about: "reports at once after a pause" },
    "daily-quota": { type: "string", value: "N", about: "reports it may send in a day (UTC)" },
    out: { type: "string", value: "FILE", about: "write the key there (new file, mode 0600)" },
  },
  examples: [
    "incident-monitor keys create --project shop --name ci --out ci.key",
    "incident-monitor keys create --project shop --name ci --json | jq -r .raw_key | gh secret set INTAKE_KEY",
  ],
  run: async (call) => {
    const { args, io, client } = call;
    const days = args.whole("expires-days", 1);
    const input = {
      project_id: args.required("project"),
      name: args.required("name"),
      ...given({
        source_ids: args.list("source-id"),
        expires_at_ms: days === undefined ? undefined : call.nowMs() + days * 86_400_000,
        rate_per_second: args.whole("rate-per-second", 1),
        burst: args.whole("burst", 1),
        daily_quota: args.whole("daily-quota", 1),
      }),
    };
    const out = args.text("out");
    const file = out === undefined ? undefined : claim(resolve(io.cwd, out), out);
    const { key, raw_key } = await client.incidentMonitor.createIntakeKey(input, { signal: io.signal });
    file?.write(raw_key);
    show(call, file ? { key } : { key, raw_key }, () =>
      pairs([
        ["key", key.key_id],
        ["project", key.project_id],
        ["name", key.name],
        ["raw key", file ? `written to ${out}` : `${raw_key}   (shown once)`],
      ]),
    );
    return exitCodes.ok;
  },
};

/** Taken before the key is made: a key that cannot be kept is not asked for. */
function claim(path: string, name: string): { write: (text: string) => void } {
  try {
    writeFileSync(path, "", { mode: 0o600, flag: "wx" });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(code === "EEXIST" ? `${name} is there already` : `cannot write ${name} (${code})`);
  }
  return { write: (text) => writeFileSync(path, `${text}\n`) };
}

const disable: Command = {
  name: "keys disable",
  takes: "KEY_ID",
  positionals: { min: 1, max: 1 },
  summary: "Stop a key for good; doing it twice is the same",
  examples: ["incident-monitor keys disable intake-key-0123456789abcdef0123456789abcdef"],
  run: async (call) => {
    const id = call.args.position(0, "KEY_ID");
    const answer = await call.client.incidentMonitor.disableIntakeKey(id, { signal: call.io.signal });
    show(call, answer, () => `disabled  ${plain(answer.key.key_id)}  ${plain(answer.key.name)}`);
    return exitCodes.ok;
  },
};

export const keyCommands: readonly Command[] = [list, create, disable];
