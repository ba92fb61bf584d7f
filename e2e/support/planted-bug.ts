import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export type PlantedBug = {
  /** The project's folder: below the folder that the host allows. */
  folder: string;
  /** What running it printed when it broke, line by line. */
  trace: string[];
  /** The first line of the trace that names the failure. */
  title: string;
  /** The commit that brought the bug. */
  hash: string;
  subject: string;
  /** Where it breaks. */
  path: string;
  line: number;
  enclosing: string;
};

const day = 86_400_000;

const cart = (discount: string) => `"use strict";

/** What one line of a cart costs, in cents. */
function lineTotal(item) {
  const discount = ${discount};
  return Math.round(item.price * item.count * (1 - discount / 100));
}

/** What a cart costs, in cents. */
function cartTotal(cart) {
  return cart.items.reduce((sum, item) => sum + lineTotal(item), 0);
}

module.exports = { cartTotal, lineTotal };
`;

const checkout = (currency: string) => `"use strict";
const { cartTotal } = require("./cart");

const cart = { items: [{ price: 1250, count: 2 }] };
console.log("${currency}", cartTotal(cart));
`;

const subject = "Read the discount of every item";

/** A small shop in git, broken by one commit among others, and run until it breaks: nothing of the trace is made up. */
export function plantBug(root: string, name: string): PlantedBug {
  const folder = join(root, name);
  // Two specs of screens may follow one another on one server.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const git = (args: string[], daysAgo = 0) => {
    const date = new Date(Date.now() - daysAgo * day).toISOString();
    return execFileSync("git", ["-c", "core.hooksPath=/dev/null", "-c", "commit.gpgsign=false", ...args], {
      cwd: folder,
      encoding: "utf8",
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        GIT_CONFIG_NOSYSTEM: "1",
        ...{ GIT_AUTHOR_NAME: "Ada Byron", GIT_AUTHOR_EMAIL: "ada@example.test", GIT_AUTHOR_DATE: date },
        ...{
          GIT_COMMITTER_NAME: "Ada Byron",
          GIT_COMMITTER_EMAIL: "ada@example.test",
          GIT_COMMITTER_DATE: date,
        },
      } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv,
    }).trim();
  };
  const commit = (message: string, daysAgo: number, files: Record<string, string>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    git(["add", "."]);
    git(["commit", "-q", "-m", message], daysAgo);
    return git(["rev-parse", "HEAD"]);
  };

  git(["init", "-q", "-b", "main"]);
  commit("A cart and its total", 40, {
    "src/cart.js": cart("item.discount ? item.discount.percent : 0"),
    "src/checkout.js": checkout("EUR"),
    "package.json": `${JSON.stringify({ name, version: "1.0.0", private: true }, null, 2)}\n`,
  });
  commit("Say what the shop is", 20, { "README.md": "# Shop\n\nSells things.\n" });
  const hash = commit(subject, 2, { "src/cart.js": cart("item.discount.percent") });
  commit("Prices are in dollars", 1, { "src/checkout.js": checkout("USD") });

  const run = spawnSync(process.execPath, ["src/checkout.js"], {
    ...{ cwd: folder, encoding: "utf8" },
    // As a service writes to its log: without the colours of a terminal.
    env: { PATH: process.env.PATH, NO_COLOR: "1" } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv,
  });
  const printed = run.stderr.split("\n");
  const from = printed.findIndex((line) => line.startsWith("TypeError"));
  if (run.status === 0 || from < 0) throw new Error(`the shop was to break:\n${run.stderr}`);
  const trace = printed
    .slice(from)
    .filter((line) => line === (printed[from] ?? "") || line.startsWith("    at "));
  const line =
    cart("")
      .split("\n")
      .findIndex((text) => text.includes("const discount")) + 1;
  return {
    ...{ folder, trace, title: trace[0] ?? "", hash, subject },
    ...{ path: "src/cart.js", line, enclosing: "lineTotal" },
  };
}
