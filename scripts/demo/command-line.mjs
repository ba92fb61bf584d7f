import path from "node:path";
import { projectRoot } from "../project.mjs";
import { UsageError } from "./closing.mjs";

const waitSecondsDefault = 15 * 60;

/**
 * @returns {{ help: boolean, approve: boolean, url: string | null, token: string | null, dataDir: string, waitMs: number }}
 */
export function parseCommandLine(argv, env) {
  const options = {
    help: false,
    approve: false,
    url: null,
    token: env.INCIDENT_MONITOR_TOKEN || env.TANDEM_ENGINE_TOKEN || null,
    dataDir: env.INCIDENT_MONITOR_DATA_DIR || path.join(projectRoot, ".data"),
    waitMs: waitSecondsDefault * 1_000,
  };
  const rest = argv.flatMap((argument) => splitAtEquals(argument));
  while (rest.length > 0) {
    const flag = rest.shift();
    const takeValue = () => {
      const value = rest.shift();
      if (!value) throw new UsageError(`${flag} needs a value after it.`);
      return value;
    };
    if (flag === "--help" || flag === "-h") options.help = true;
    else if (flag === "--approve") options.approve = true;
    else if (flag === "--url") options.url = originOf(takeValue());
    else if (flag === "--token") options.token = takeValue();
    else if (flag === "--data-dir") options.dataDir = takeValue();
    else if (flag === "--wait") options.waitMs = secondsOf(takeValue()) * 1_000;
    else throw new UsageError(`${flag} is not an option. \`npm run demo -- --help\` lists them all.`);
  }
  options.dataDir = path.resolve(options.dataDir);
  return options;
}

function splitAtEquals(argument) {
  const at = argument.startsWith("--") ? argument.indexOf("=") : -1;
  return at === -1 ? [argument] : [argument.slice(0, at), argument.slice(at + 1)];
}

function originOf(text) {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UsageError(`--url: "${text}" is not an http or https URL.`);
  return new URL(text).origin;
}

function secondsOf(text) {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds <= 0)
    throw new UsageError(`--wait: "${text}" is no number of seconds.`);
  return seconds;
}

export function helpText() {
  return `Usage: npm run demo -- [options]

Shows the Incident Monitor that runs on this machine (npm start) at work: two services fail for real, their reports
become incidents and drafts, you approve one, and a signed webhook arrives at a receiver that checks it.

Options:
  --approve            approve and publish with the admin token instead of waiting for a person
  --wait SECONDS       how long to wait for a person (default ${waitSecondsDefault})
  --url URL            the server (default: the one that runs on the data folder)
  --token TOKEN        an admin token (default: INCIDENT_MONITOR_TOKEN, then the one in the data folder)
  --data-dir FOLDER    the server's data folder (default .data)
  --help               print this`;
}
