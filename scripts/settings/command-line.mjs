import path from "node:path";
import { firstBootSettings, SettingError, settings } from "../settings.mjs";

/** Flags that are no host settings: they say something about this start alone. */
const startOnly = [
  {
    flag: "--root",
    value: "FOLDER",
    help: "one more folder that workspace roots may lie in (may be repeated)",
  },
  { flag: "--no-build", value: null, help: "serve what was built last, even if sources changed" },
  { flag: "--no-workers", value: null, help: "leave the background work to `npm run worker`" },
  { flag: "--help", value: null, help: "print this" },
];

/**
 * Turns flags into the environment variables they stand for; a flag wins over the variable.
 * @param {string[]} argv
 * @param {Record<string, string | undefined>} env
 * @returns {{ help: boolean, build: boolean, env: Record<string, string | undefined> }}
 */
export function parseCommandLine(argv, env) {
  const result = { help: false, build: true, env: { ...env } };
  const roots = [];
  const rest = [...argv];
  while (rest.length > 0) {
    const [flag, inline] = splitAtEquals(rest.shift());
    const takeValue = () => {
      const value = inline ?? rest.shift();
      if (value === undefined || value === "") throw new SettingError(`${flag} needs a value after it.`);
      return value;
    };
    const setting = settings.find((candidate) => candidate.flag === flag);
    if (setting) result.env[setting.name] = setting.value === null ? (inline ?? "1") : takeValue();
    else if (flag === "--root") roots.push(path.resolve(takeValue()));
    else if (flag === "--no-build") result.build = false;
    else if (flag === "--no-workers") result.env.INCIDENT_MONITOR_WORKERS = "0";
    else if (flag === "--help" || flag === "-h") result.help = true;
    else throw new SettingError(`${flag} is not an option. \`npm start -- --help\` lists them all.`);
  }
  if (roots.length > 0) result.env.INCIDENT_MONITOR_ALLOWED_ROOTS = withRoots(result.env, roots);
  return result;
}

function splitAtEquals(argument) {
  const at = argument.startsWith("--") ? argument.indexOf("=") : -1;
  return at === -1 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}

function withRoots(env, roots) {
  const setting = settings.find(({ name }) => name === "INCIDENT_MONITOR_ALLOWED_ROOTS");
  const before = env.INCIDENT_MONITOR_ALLOWED_ROOTS || setting.fallback.join(path.delimiter);
  return [before, ...roots].join(path.delimiter);
}

const commands = {
  "npm start":
    "Installs, builds and migrates what needs it, brings up the database and serves the panel, the API and the workers.",
  "npm run dev":
    "Brings up the database and serves the panel and the API with hot reload; nothing has to be built first.",
  "npm run worker":
    "The background work alone, beside servers on the same database: deliveries, triage, watched logs and the rest.",
};

/** What one of the commands that take every setting says of itself. */
export function helpText(command = "npm start") {
  const column = 28;
  const line = (left, help) => `  ${left.padEnd(column)} ${help}`;
  const options = settings
    .filter(({ key }) => key !== "workers")
    .flatMap(({ name, also = [], flag, value, help }) => [
      line(value ? `${flag} ${value}` : flag, help),
      line("", `environment: ${[name, ...also].join(" or ")}`),
    ]);
  return [
    `Usage: ${command} -- [options]`,
    "",
    commands[command],
    "Every option is also an environment variable; the option wins. Secrets are better given as variables.",
    "",
    "Options:",
    ...startOnly.map(({ flag, value, help }) => line(value ? `${flag} ${value}` : flag, help)),
    ...options,
    "",
    "Values for the first start on an empty database (environment only):",
    ...firstBootSettings.map(({ name }) => `  ${name}`),
    "",
  ].join("\n");
}
