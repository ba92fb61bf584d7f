import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Config, ConfigIssue, ConfigPatch } from "../../types/config.js";
import { type Call, type Command, show } from "../command.js";
import { type Difference, differences } from "../config-diff.js";
import { exitCodes, UsageError } from "../exit-codes.js";
import { isObject, readJsonObject } from "../json-file.js";
import { json, plain, plural } from "../text.js";

const exportCommand: Command = {
  name: "config export",
  summary: "The server's configuration as JSON. Secrets are references, never values",
  about:
    "The file holds updated_at_ms: apply then refuses when somebody else changed the configuration in between. --portable leaves it out, for a file kept in version control.",
  options: {
    out: { type: "string", value: "FILE", about: "write it there instead of to standard output" },
    portable: { type: "boolean", about: "without updated_at_ms" },
  },
  examples: [
    "incident-monitor config export --out monitor.json",
    "incident-monitor config export --portable > config/incident-monitor.json",
  ],
  run: async (call) => {
    const { client, args, io } = call;
    const { incident_monitor: config } = await client.incidentMonitor.getConfig({ signal: io.signal });
    const { updated_at_ms, ...portable } = config;
    const text = json({ incident_monitor: args.flag("portable") ? portable : config }, 2);
    const out = args.text("out");
    if (out === undefined) {
      call.print(text);
    } else {
      write(resolve(io.cwd, out), out, `${text}\n`);
      io.err(`Written to ${out}.\n`);
    }
    return exitCodes.ok;
  },
};

const diffCommand: Command = {
  name: "config diff",
  takes: "FILE",
  positionals: { min: 1, max: 1 },
  summary: "What applying a file would change, as the server sees it. Changes nothing",
  about: "Ends with 4 when there is a difference. Keys the file leaves out are kept, null resets them.",
  examples: ["incident-monitor config diff monitor.json", "incident-monitor config diff - < monitor.json"],
  run: async (call) => {
    const plan = await planOf(call);
    show(call, { differences: plan.found, warnings: plan.warnings }, () => planText(call, plan));
    return plan.found.length > 0 ? exitCodes.differs : exitCodes.ok;
  },
};

const applyCommand: Command = {
  name: "config apply",
  takes: "FILE",
  positionals: { min: 1, max: 1 },
  summary: "Make the server's configuration what a file says, after showing what changes",
  about:
    "Checked by the server first (a dry run); asks before it writes. Nothing is written when the configuration changed since the file was exported, or since it was shown.",
  options: {
    yes: { type: "boolean", short: "y", about: "do not ask" },
    force: { type: "boolean", about: "do not mind the file's updated_at_ms" },
  },
  examples: [
    "incident-monitor config apply monitor.json",
    "incident-monitor config apply monitor.json --yes --json",
  ],
  run: async (call) => {
    const { io, args, client } = call;
    const plan = await planOf(call);
    if (plan.found.length === 0) {
      show(call, { applied: false, differences: [], warnings: plan.warnings }, () => planText(call, plan));
      return exitCodes.ok;
    }
    if (!args.flag("yes")) {
      if (!io.confirm) throw new UsageError("nobody can be asked here: give --yes");
      io.err(`${planText(call, plan)}\n\n`);
      if (!(await io.confirm(`Apply ${plural(plan.found.length, "change")} to ${call.url}?`))) {
        io.err("Nothing was changed.\n");
        return exitCodes.failed;
      }
    }
    // What was shown is what is written: the version it was computed from has to be the present one still.
    const patch = { ...plan.patch, updated_at_ms: plan.base.updated_at_ms };
    const answer = await client.incidentMonitor.patchConfig(patch, { signal: io.signal });
    show(call, { applied: true, differences: plan.found, ...answer }, () =>
      [
        args.flag("yes") ? planText(call, plan) : "",
        call.style.green(`Applied ${plural(plan.found.length, "change")}.`),
      ]
        .filter(Boolean)
        .join("\n\n"),
    );
    return exitCodes.ok;
  },
};

type Plan = { patch: ConfigPatch; base: Config; found: Difference[]; warnings: ConfigIssue[] };

/** What the server says the configuration would become, beside what it is. */
async function planOf({ client, args, io }: Call): Promise<Plan> {
  const file = args.position(0, "FILE");
  const patch = patchOf(await readJsonObject(file, io), file);
  if (args.flag("force")) delete patch.updated_at_ms;
  const options = { signal: io.signal };
  const { incident_monitor: base } = await client.incidentMonitor.getConfig(options);
  // Without one of its own the file is held to what was just read, so that the two belong together.
  const stamped = { ...patch, updated_at_ms: patch.updated_at_ms || base.updated_at_ms };
  const { incident_monitor: after, warnings = [] } = await client.incidentMonitor.patchConfig(stamped, {
    ...options,
    dryRun: true,
  });
  return { patch, base, found: differences(base, after), warnings };
}

function patchOf(file: Record<string, unknown>, name: string): ConfigPatch {
  const inner = "incident_monitor" in file ? file.incident_monitor : file;
  if (!isObject(inner)) throw new UsageError(`${name}: incident_monitor must be an object`);
  return { ...inner };
}

function planText({ style }: Call, { found, warnings }: Plan): string {
  const lines = found.length === 0 ? ["No difference."] : found.map((each) => differenceText(each, style));
  const notes = warnings.map(({ path, message }) => style.yellow(plain(`! ${path}: ${message}`)));
  return [lines.join("\n"), notes.join("\n")].filter(Boolean).join("\n\n");
}

function differenceText(each: Difference, style: Call["style"]): string {
  const path = plain(each.path);
  if (!("before" in each)) return style.green(`+ ${path}: ${brief(each.after)}`);
  if (!("after" in each)) return style.red(`- ${path}: ${brief(each.before)}`);
  return `~ ${path}: ${style.red(json(each.before))} -> ${style.green(json(each.after))}`;
}

/** A whole row without its empty lists: what it says, not what it leaves open. */
function brief(value: unknown): string {
  if (!isObject(value)) return json(value);
  const said = Object.entries(value).filter(([, each]) => !(Array.isArray(each) && each.length === 0));
  return json(Object.fromEntries(said));
}

function write(path: string, name: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`cannot write ${name} (${(error as NodeJS.ErrnoException).code})`);
  }
}

export const configCommands: readonly Command[] = [exportCommand, diffCommand, applyCommand];
