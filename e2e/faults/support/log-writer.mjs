// A program that logs and whose log is rotated: node log-writer.mjs FOLDER MODE. On its input it is told "write COUNT EVERY":
// COUNT more numbered failures, rotating after each EVERY of them. It says "at N" when N lines lie in its log in all, asks
// "rotate?" before a rotation that destroys what nobody has read, and waits for "go"; "done N" at the end of a run.
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import zlib from "node:zlib";

const [folder, mode] = process.argv.slice(2);
const log = path.join(folder, `${mode}.log`);
const kept = 60;
let written = 0;
let swaps = 0;
let descriptor = null;

const numbered = (age) => `${log}.${age}`;

/** `.1` is the newest; what was compressed keeps its ending. */
function shift() {
  for (let age = kept; age >= 1; age--) {
    for (const ending of ["", ".gz"]) {
      const from = numbered(age) + ending;
      if (fs.existsSync(from)) fs.renameSync(from, numbered(age + 1) + ending);
    }
  }
}

function open() {
  descriptor = fs.openSync(log, "a");
}

function close() {
  fs.closeSync(descriptor);
  descriptor = null;
}

const target = () => `${log}-20261126T${String(100_000_000 + swaps)}`;

const rotations = {
  rename() {
    shift();
    fs.renameSync(log, numbered(1));
    close();
    open();
  },
  copytruncate() {
    shift();
    fs.copyFileSync(log, numbered(1));
    fs.truncateSync(log, 0);
  },
  truncate() {
    fs.ftruncateSync(descriptor, 0);
  },
  recreate() {
    close();
    fs.unlinkSync(log);
    open();
  },
  symlink() {
    close();
    swaps += 1;
    fs.writeFileSync(target(), "");
    const next = `${log}.next`;
    fs.symlinkSync(path.basename(target()), next);
    fs.renameSync(next, log);
    open();
  },
  gzip() {
    shift();
    fs.renameSync(log, numbered(1));
    close();
    open();
    // As gzip does: the packed file is written beside the plain one, which goes when it is whole.
    const packed = zlib.gzipSync(fs.readFileSync(numbered(1)));
    const { atime, mtime } = fs.statSync(numbered(1));
    fs.writeFileSync(`${numbered(1)}.gz`, packed);
    fs.utimesSync(`${numbered(1)}.gz`, atime, mtime);
    fs.unlinkSync(numbered(1));
  },
};
const destroys = mode === "truncate" || mode === "recreate";

function failure(number) {
  const name = `${mode}-${String(number).padStart(7, "0")}`;
  if (number % 3 === 0) {
    return `2026-11-26T10:00:00Z ERROR could not settle <${name}>\n    at settle (/srv/app/settle.js:10:4)\n    at run (/srv/app/run.js:3:1)\n`;
  }
  return `${JSON.stringify({ level: "error", message: `could not ship <${name}>`, component: "shipping" })}\n`;
}

const noise = `${JSON.stringify({ level: "info", message: "all is well" })}\n`;

const commands = readline.createInterface({ input: process.stdin });
const waiting = [];
const heard = [];
commands.on("line", (line) => {
  const next = waiting.shift();
  if (next) next(line);
  else heard.push(line);
});
const hear = () => (heard.length > 0 ? heard.shift() : new Promise((resolve) => waiting.push(resolve)));
const say = (words) => process.stdout.write(`${words}\n`);

async function write(count, every) {
  for (let nth = 1; nth <= count; nth++) {
    written += 1;
    const text = noise.repeat(written % 4) + failure(written);
    // Some lines arrive in two pieces.
    const cut = written % 5 === 0 ? Math.floor(text.length / 2) : text.length;
    fs.writeSync(descriptor, text.slice(0, cut));
    if (cut < text.length) {
      await pause(2);
      fs.writeSync(descriptor, text.slice(cut));
    }
    if (nth % every === 0) {
      say(`at ${written}`);
      if (destroys) {
        say("rotate?");
        await hear();
      }
      rotations[mode]();
    }
    if (nth % 4 === 0) await pause(3);
  }
  say(`done ${written}`);
}

if (mode === "symlink") {
  fs.writeFileSync(target(), "");
  fs.symlinkSync(path.basename(target()), log);
}
open();
for (;;) {
  const [word, count, every] = (await hear()).split(" ");
  if (word === "write") await write(Number(count), Number(every));
}
