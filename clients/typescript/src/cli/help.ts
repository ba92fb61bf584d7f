import type { Command, Option } from "./command.js";

export const globalOptions: Record<string, Option> = {
  url: {
    type: "string",
    value: "URL",
    about: "the server (INCIDENT_MONITOR_URL, or http://localhost:39731)",
  },
  "token-file": { type: "string", value: "FILE", about: "a file with the token (or INCIDENT_MONITOR_TOKEN)" },
  "data-dir": {
    type: "string",
    value: "FOLDER",
    about: "on the host: the server's data folder, for its address and token",
  },
  timeout: { type: "string", value: "SECONDS", about: "for each call (default 20)" },
  json: { type: "boolean", about: "the server's answer as JSON, for machines" },
  help: { type: "boolean", short: "h", about: "print this" },
};

export const limitOption: Option = { type: "string", value: "N", about: "at most so many (default 20)" };
export const watchOption: Option = {
  type: "boolean",
  short: "w",
  about: "redraw on every change, until Ctrl-C",
};

export function programHelp(commands: readonly Command[]): string {
  const rows = commands.map((each): [string, string] => [titleOf(each), each.summary]);
  return `Usage: incident-monitor COMMAND [options]

${aligned(rows)}

Options of every command:
${optionLines(globalOptions)}

\`incident-monitor COMMAND --help\` shows a command's options and examples.

Where to: --url, then INCIDENT_MONITOR_URL, then the address in the data folder, then http://localhost:39731.
As whom: --token-file, then --data-dir, then INCIDENT_MONITOR_TOKEN, then INCIDENT_MONITOR_DATA_DIR, then (when no
address is given) the data folder .data here. A token is never taken from the command line itself.

Exit codes: 0 done; 1 refused or failed; 2 wrong use; 3 no server, or not ready; 4 what was compared differs.`;
}

export function commandHelp(command: Command): string {
  const own = command.options ? `\nOptions:\n${optionLines(command.options)}\n` : "";
  const about = command.about ? `\n${command.about}\n` : "";
  return `Usage: incident-monitor ${titleOf(command)} [options]

${command.summary}.
${about}${own}
Options of every command:
${optionLines(globalOptions)}

Examples:
${command.examples.map((each) => `  ${each}`).join("\n")}`;
}

const titleOf = ({ name, takes }: Command) => (takes ? `${name} ${takes}` : name);

const optionLines = (options: Record<string, Option>) =>
  aligned(
    Object.entries(options).map(([name, { short, value, multiple, about }]) => [
      `${short ? `-${short}, ` : ""}--${name}${value ? ` ${value}` : ""}`,
      multiple ? `${about} (may be repeated)` : about,
    ]),
  );

function aligned(rows: ReadonlyArray<[string, string]>): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join("\n");
}
