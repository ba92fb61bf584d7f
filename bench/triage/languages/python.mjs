import { run } from "../repository.mjs";

const style = ["uncaught", "logged", "chained"];

/** Packages under `src`, at the root, or plain folders; started by a script at the root. */
export const python = {
  name: "python",
  extension: ".py",
  runtimes: ["python3"],

  layoutOf(random, project) {
    const root = random.pick([`src/${project}/`, `${project}/`, ""]);
    return {
      root,
      package: root === "" ? "" : `${project}.`,
      entry: random.pick(["main.py", "nightly.py", "run_jobs.py"]),
      style: random.pick(style),
      deployedAt: random.pick([
        `/srv/${project}`,
        "/app",
        `/home/deploy/${project}/current`,
        `/opt/${project}`,
      ]),
    };
  },
  text: (text, layout) => text.replaceAll("PKG.", layout.package),
  place: (at, layout) => layout.root + at,

  /** What is there whatever the modules are. */
  frame(modules, layout, project) {
    const names = modules.map(({ name, run: at }) => {
      const dotted = `${layout.package}${at.replaceAll("/", ".")}`;
      return { name, alias: `run_${name}`, line: `from ${dotted} import run as run_${name}` };
    });
    const source = layout.root.startsWith("src/") ? "src" : ".";
    const jobs = names.map(({ name, alias }) => `    ("${name}", ${alias}),`).join("\n");
    return new Map([
      [
        layout.entry,
        `"""The nightly jobs of ${project}."""
import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "${source}"))

${names.map(({ line }) => line).join("\n")}
from ${layout.package}config.loader import load_settings

log = logging.getLogger("${project}")
JOBS = [
${jobs}
]


${body[layout.style]}


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    main()
`,
      ],
      [".gitignore", "__pycache__/\n*.pyc\nout/\n"],
      ["requirements.txt", "# the standard library is enough\n"],
    ]);
  },
  testOf: ({ name, run: at }, layout) => [
    `tests/test_${name}.py`,
    `from ${layout.package}config.loader import load_settings\nfrom ${layout.package}${at.replaceAll("/", ".")} import run\n\n\ndef test_${name}_runs():\n    assert run(load_settings())\n`,
  ],

  async run(folder, layout) {
    return run("python3", ["-B", layout.entry], { cwd: folder });
  },

  /** The place nearest to where it broke, of the first cause. */
  frameOf({ stderr }, folder) {
    const [cause] = stderr.split("\nThe above exception was the direct cause");
    const frames = [...cause.matchAll(/^ {2}File "([^"]+)", line (\d+), in (\S+)/gm)]
      .map(([, file, line, name]) => ({ file, line: Number(line), name }))
      .filter(({ file }) => file.startsWith(`${folder}/`));
    const last = frames.at(-1);
    return last && { path: last.file.slice(folder.length + 1), line: last.line, function: last.name };
  },
  titleOf({ stderr }) {
    const last = stderr.slice(stderr.lastIndexOf("Traceback (most recent call last):")).split("\n");
    return last.slice(1).find((line) => /^\S/.test(line)) ?? "";
  },
};

const body = {
  uncaught: `def main():
    settings = load_settings()
    for name, job in JOBS:
        log.info("%s: %s", name, job(settings))`,
  logged: `def main():
    settings = load_settings()
    failed = []
    for name, job in JOBS:
        try:
            log.info("%s: %s", name, job(settings))
        except Exception:
            log.exception("job %s failed", name)
            failed.append(name)
    sys.exit(1 if failed else 0)`,
  chained: `def run_job(name, job, settings):
    try:
        return job(settings)
    except Exception as error:
        raise RuntimeError(f"job {name} failed") from error


def main():
    settings = load_settings()
    for name, job in JOBS:
        log.info("%s: %s", name, run_job(name, job, settings))`,
};
