import { spawn } from "node:child_process";

const running = new Set();

/** Ends what is running now, when we are told to stop. */
export function stopCommands(signal = "SIGTERM") {
  for (const child of running) child.kill(signal);
}

/**
 * Runs a program to its end. Its output is kept, and shown only with the error, unless `show` passes it through.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, onExit?: "throw" | "answer" }} options
 */
export async function runCommand(command, args, { cwd, env, show = false, onExit = "throw" } = {}) {
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
  });
  running.add(child);
  let output = "";
  const keep = (chunk) => {
    output += chunk;
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  try {
    const code = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exitCode, signal) => resolve(signal ?? exitCode));
    });
    if (code !== 0 && onExit === "throw") {
      throw new Error(
        `${[command, ...args].join(" ")} failed (${code})${output ? `:\n${output.trimEnd()}` : ""}`,
      );
    }
    return { code, output };
  } finally {
    running.delete(child);
  }
}
