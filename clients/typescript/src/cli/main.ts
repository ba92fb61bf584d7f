import { type ParseArgsConfig, parseArgs } from "node:util";
import { TandemClient } from "../client.js";
import { Args, type Call, type Command, type Option, type Values } from "./command.js";
import { commands } from "./commands/index.js";
import { exitCodes, UsageError } from "./exit-codes.js";
import { failureOf } from "./failure.js";
import { commandHelp, globalOptions, programHelp } from "./help.js";
import { type Io, processIo } from "./io.js";
import { styleOf } from "./style.js";
import { findTarget, type Target } from "./target.js";

/** The whole command line: arguments in, exit code out. */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  const style = styleOf(io.color);
  let target: Target | undefined;
  let asJson = argv.includes("--json");
  try {
    const found = findCommand(argv);
    if (found === "help") {
      io.out(`${programHelp(commands)}\n`);
      return exitCodes.ok;
    }
    const args = read(found.command, found.rest);
    asJson = args.flag("json");
    if (args.flag("help")) {
      io.out(`${commandHelp(found.command)}\n`);
      return exitCodes.ok;
    }
    target = findTarget(
      {
        url: args.text("url"),
        tokenFile: args.text("token-file"),
        dataDir: args.text("data-dir"),
        intakeKeyFile: args.text("intake-key-file"),
      },
      io.env,
      io.cwd,
    );
    return await found.command.run(callOf(args, target, io));
  } catch (error) {
    if (io.signal.aborted) return exitCodes.failed;
    const { exitCode, text } = failureOf(error, target, asJson);
    io.err(`${asJson ? text : style.red(text)}\n`);
    return exitCode;
  }
}

function callOf(args: Args, target: Target, io: Io): Call {
  const { token, intakeKey, url } = target;
  const seconds = args.whole("timeout", 1);
  const client = new TandemClient({
    baseUrl: url,
    ...(token && { token }),
    ...(intakeKey && { intakeKey }),
    ...(seconds && { timeoutMs: seconds * 1_000 }),
  });
  return {
    client,
    intakeKey,
    url,
    args,
    io,
    style: styleOf(io.color),
    json: args.flag("json"),
    nowMs: Date.now,
    print: (text) => io.out(`${text}\n`),
  };
}

type Found = { command: Command; rest: string[] };

/** The longest name that the first words make. */
function findCommand(argv: readonly string[]): Found | "help" {
  const [first, second] = argv;
  if (first === undefined || first === "--help" || first === "-h") return "help";
  if (first === "help") {
    const command = named(`${second} ${argv[2]}`) ?? named(second);
    return command ? { command, rest: ["--help"] } : "help";
  }
  if (first.startsWith("-")) throw new UsageError(`the command comes before its options. ${seeHelp}`);
  const pair = second === undefined ? undefined : named(`${first} ${second}`);
  if (pair) return { command: pair, rest: argv.slice(2) };
  const single = named(first);
  if (single) return { command: single, rest: argv.slice(1) };
  const family = commands.filter(({ name }) => name.startsWith(`${first} `)).map(({ name }) => name);
  if (family.length > 0) throw new UsageError(`say which: ${family.join(", ")}`);
  throw new UsageError(`there is no command ${first}. ${seeHelp}`);
}

const named = (name: string | undefined) => commands.find((each) => each.name === name);
const seeHelp = "`incident-monitor --help` lists them all";

function read(command: Command, rest: string[]): Args {
  if (rest.some((each) => each === "--token" || each.startsWith("--token=")))
    throw new UsageError(
      "a token on the command line can be read by every user of this machine: set INCIDENT_MONITOR_TOKEN or give --token-file",
    );
  const options = { ...globalOptions, ...command.options };
  let parsed: { values: Values; positionals: string[] };
  try {
    parsed = parseArgs({ args: rest, options: shapeOf(options), allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}. See \`incident-monitor ${command.name} --help\``);
  }
  const { min, max } = command.positionals ?? { min: 0, max: 0 };
  const args = new Args(parsed.values, parsed.positionals);
  const count = parsed.positionals.length;
  if (!args.flag("help") && (count < min || count > max))
    throw new UsageError(`use: incident-monitor ${command.name} ${command.takes ?? ""}`.trimEnd());
  return args;
}

const shapeOf = (options: Record<string, Option>): NonNullable<ParseArgsConfig["options"]> =>
  Object.fromEntries(
    Object.entries(options).map(([name, { type, short, multiple }]) => [
      name,
      { type, ...(short && { short }), ...(multiple && { multiple }) },
    ]),
  );
