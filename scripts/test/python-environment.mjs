import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { runCommand } from "../run-command.mjs";

const packages = [
  "python3",
  "python3-httpx",
  "python3-pip",
  "python3-setuptools",
  "python3-venv",
  "python3-wheel",
];
const systemPython = "/usr/bin/python3";
const modules = ["ensurepip", "httpx", "pip", "setuptools", "venv", "wheel"];
/** Looked for, not imported: pip and setuptools do not like to be in one process. */
const probe = [
  "import sys",
  "from importlib.util import find_spec",
  `sys.exit(sys.version_info < (3, 10) or not all(map(find_spec, ${JSON.stringify(modules)})))`,
].join("\n");

/**
 * A Python that can build and test the client: the one named by PYTHON, one that is here, or the system's with what it
 * lacks installed by apt. Nothing comes from a package index.
 * @returns {Promise<string>} its path or name
 */
export async function ensurePython() {
  const named = process.env.PYTHON;
  if (named) {
    if (isFit(named)) return named;
    throw new Error(
      `PYTHON names ${named}, which is no Python 3.10+ with httpx, pip, setuptools, venv and wheel.`,
    );
  }
  const here = [systemPython, "python3"].find(isFit);
  if (here) return here;
  const canInstall = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  if (!canInstall) {
    throw new Error(
      "the Python client's tests need Python 3.10+ with httpx, pip, setuptools, venv and wheel, and none is here: " +
        `install them (Debian: apt-get install ${packages.join(" ")}), or set PYTHON.`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await runCommand("apt-get", ["update"], { env });
  await runCommand("apt-get", ["install", "-y", "--no-install-recommends", ...packages], { env });
  if (isFit(systemPython)) return systemPython;
  throw new Error(
    `${systemPython} still cannot build and test the Python client after installing its packages.`,
  );
}

const isFit = (python) => spawnSync(python, ["-c", probe], { stdio: "ignore" }).status === 0;

/**
 * Builds the wheel and installs it into an empty environment in `folder`, without a network. The sources are copied
 * first: setuptools writes beside them.
 * @returns {Promise<string>} the environment's Python
 */
export async function installClient(python, sources, folder) {
  const copy = path.join(folder, "sources");
  const wheels = path.join(folder, "wheels");
  const environment = path.join(folder, "environment");
  for (const name of ["pyproject.toml", "README.md", "src"]) {
    fs.cpSync(path.join(sources, name), path.join(copy, name), {
      recursive: true,
      filter: (from) => !/(?:__pycache__|\.egg-info)$/.test(from),
    });
  }
  const offline = ["--no-index", "--no-deps", "--disable-pip-version-check", "--quiet"];
  await runCommand(python, ["-m", "pip", "wheel", "--no-build-isolation", ...offline, "-w", wheels, copy]);
  await runCommand(python, ["-m", "venv", "--system-site-packages", environment]);
  const inside = path.join(environment, "bin", "python");
  const [wheel] = fs.readdirSync(wheels);
  await runCommand(inside, ["-m", "pip", "install", ...offline, path.join(wheels, wheel)]);
  return inside;
}
