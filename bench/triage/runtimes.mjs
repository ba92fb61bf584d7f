import { run } from "./repository.mjs";

/** What a language needs and the Debian package that brings it. */
const packages = {
  python3: "python3",
  go: "golang-go",
  ruby: "ruby",
  java: "default-jdk-headless",
  javac: "default-jdk-headless",
};

const known = new Map();

/** Whether each of the programs is there, installed if need be and possible. Asked once per program and process. */
export async function haveRuntimes(programs) {
  for (const program of programs) {
    if (!known.has(program)) known.set(program, await have(program));
    if (!known.get(program)) return false;
  }
  return true;
}

async function have(program) {
  if (await isThere(program)) return true;
  if (!packages[program]) return false;
  console.error(`${program} is missing: installing ${packages[program]}`);
  const install = ["install", "-y", "--no-install-recommends", packages[program]];
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const result = await run("apt-get", install, { env, timeoutMs: 600_000 }).catch((error) => ({
    ...{ code: -1, stdout: "", stderr: error.message },
  }));
  console.error(`${result.stdout}${result.stderr}`.trimEnd().split("\n").slice(-5).join("\n"));
  return isThere(program);
}

async function isThere(program) {
  return (await run("sh", ["-c", `command -v ${program}`])).code === 0;
}
