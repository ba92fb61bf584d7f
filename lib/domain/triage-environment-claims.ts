import { lastNameOf } from "./exception-meaning";
import { type ReadCode, type ReadFile, syntaxOf } from "./read-code";
import type { CheckedClaim } from "./triage";
import {
  type ClaimGround,
  codeAt,
  commitOf,
  holds,
  refuted,
  resolvedFrames,
  unchecked,
} from "./triage-claim";
import { hasWord, listed, place, quoted, shortHash } from "./triage-words";

/** Did what failed run this code, on this runtime, with these libraries? */
export function environmentClaims(ground: ClaimGround): CheckedClaim[] {
  return [
    ...releaseClaims(ground),
    ...runtimeClaims(ground),
    ...libraryClaims(ground),
    ...moduleClaims(ground),
  ];
}

const releaseKey =
  /^(?:(?:app|service|git|build|vcs|source|deploy(?:ment)?)[._-]?)?(?:release|version|commit|sha|revision|ref|build|hash)(?:[._-]?(?:sha|id|hash))?$/i;

/** The commit a release names, compared with the newest one of the working tree. */
function releaseClaims({ subject, research }: ClaimGround): CheckedClaim[] {
  const rule = "same_release";
  const { head } = research.history;
  const named = Object.entries(subject.environment)
    .filter(([key]) => releaseKey.test(key))
    .slice(0, 4);
  if (named.length === 0) return [];
  for (const [, value] of named) {
    const hash = /(?:^|[^0-9a-f])([0-9a-f]{7,40})$/i.exec(value.trim().slice(-60))?.[1]?.toLowerCase();
    if (hash === undefined || !/[a-f]/.test(hash) || head === null) continue;
    const evidence = [commitOf(head.hash)];
    if (head.hash.toLowerCase().startsWith(hash))
      return [
        holds(
          rule,
          `What failed was built from ${shortHash(head.hash)}, the commit that is looked at here.`,
          { evidence },
        ),
      ];
    const statement = `What failed was built from ${quoted(hash, 40)}; the working tree is at ${shortHash(head.hash)}: the code here may not be the version that failed.`;
    return [refuted(rule, statement, { evidence })];
  }
  const told = listed(
    named.map(([key, value]) => `${quoted(key, 40)} ${quoted(value, 60)}`),
    2,
  );
  return [unchecked(rule, `The report names ${told}, which names no commit to compare with.`)];
}

type Runtime = "node" | "python" | "ruby" | "go" | "java" | "php" | "rust" | "dotnet";

/** How a trace or an attribute tells the version that ran. */
const printedVersions: ReadonlyArray<[Runtime, RegExp]> = [
  ["node", /\bNode\.js v(\d{1,3}\.\d{1,3})\.\d/],
  ["python", /[\\/]python(\d\.\d{1,2})[\\/]/],
  ["ruby", /[\\/]ruby[\\/](?:gems[\\/])?(\d\.\d{1,2})\.\d/],
  ["go", /[\\/]go(?:@v0\.0\.1-)?(1\.\d{1,3})[.\d]*(?:\.\w+-\w+)?[\\/]/],
];

/** Where a project pins the version it runs on; the first group is the version. */
const pins: ReadonlyArray<[Runtime, RegExp, RegExp]> = [
  ["node", /(?:^|\/)\.(?:nvmrc|node-version)$/, /^v?(\d{1,3}(?:\.\d{1,3})?)/],
  ["python", /(?:^|\/)\.python-version$/, /^(\d\.\d{1,2})/],
  ["ruby", /(?:^|\/)\.ruby-version$/, /^(?:ruby-)?(\d\.\d{1,2})/],
  ["go", /(?:^|\/)go\.mod$/, /^go (1\.\d{1,3})/],
  ["node", /(?:^|\/)\.tool-versions$/, /^nodejs (\d{1,3}(?:\.\d{1,3})?)/],
  ["python", /(?:^|\/)\.tool-versions$/, /^python (\d\.\d{1,2})/],
  ["ruby", /(?:^|\/)\.tool-versions$/, /^ruby (\d\.\d{1,2})/],
  ["java", /(?:^|\/)\.(?:java-version|tool-versions)$/, /^(?:java )?(?:[a-z]+-)?(\d{1,2})/],
  ["php", /(?:^|\/)\.(?:php-version|tool-versions)$/, /^(?:php )?(\d\.\d{1,2})/],
  ["rust", /(?:^|\/)rust-toolchain(?:\.toml)?$/, /(?:channel *= *")?(1\.\d{1,3})/],
  ["dotnet", /(?:^|\/)global\.json$/, /"version" *: *"(\d{1,2}(?:\.\d{1,2})?)/],
];

/** The files in which a project may pin its runtime, for whoever reads them. */
export const pinFiles = [
  ...[".nvmrc", ".node-version", ".python-version", ".ruby-version", ".java-version", ".php-version"],
  ...[".tool-versions", "go.mod", "rust-toolchain", "rust-toolchain.toml", "global.json"],
] as const;

function reportedRuntimes({ subject, reported, inspection }: ClaimGround): Map<Runtime, string> {
  const found = new Map<Runtime, string>();
  const texts = [...reported, ...inspection.frames.map((frame) => frame.reportedPath ?? "")];
  for (const [runtime, pattern] of printedVersions) {
    for (const text of texts) {
      const version = text.length > 1_000 ? null : pattern.exec(text)?.[1];
      if (version) {
        found.set(runtime, version);
        break;
      }
    }
  }
  for (const [key, value] of Object.entries(subject.environment)) {
    const runtime =
      /^(?:runtime[._-]?)?(node|python|ruby|go|java|php|rust|dotnet)(?:js)?(?:[._-]?version)?$/i.exec(
        key,
      )?.[1];
    const version = /^v?(?:go|ruby-|python-)?(\d{1,3}(?:\.\d{1,3})?)/.exec(value.trim())?.[1];
    if (runtime && version) found.set(runtime.toLowerCase() as Runtime, version);
  }
  return found;
}

function runtimeClaims(ground: ClaimGround): CheckedClaim[] {
  const claims: CheckedClaim[] = [];
  for (const [runtime, version] of reportedRuntimes(ground)) {
    const pin = pinOf(ground.code, runtime);
    if (pin === null) continue;
    const evidence = [codeAt(pin.path, pin.line)];
    const where = place(pin.path, pin.line);
    // A version pinned by its first number alone is kept by any of its releases; a module of Go names the oldest it needs.
    const isSame = runtime === "go" ? minor(version) >= minor(pin.version) : samePrefix(version, pin.version);
    claims.push(
      isSame
        ? holds("same_runtime", `What failed ran on ${runtime} ${version}, which ${where} allows.`, {
            evidence,
          })
        : refuted("same_runtime", `What failed ran on ${runtime} ${version}; ${where} says ${pin.version}.`, {
            evidence,
          }),
    );
  }
  return claims;
}

const minor = (version: string) => Number(version.split(".")[1] ?? 0);
const samePrefix = (left: string, right: string) => {
  const [a, b] = [left.split("."), right.split(".")];
  return (
    a.slice(0, Math.min(a.length, b.length)).join(".") === b.slice(0, Math.min(a.length, b.length)).join(".")
  );
};

function pinOf(code: ReadCode, runtime: Runtime) {
  for (const [of, file, pattern] of pins) {
    if (of !== runtime) continue;
    for (const [path, read] of code) {
      if (!read || !file.test(path)) continue;
      for (const [line, text] of read.lines) {
        const version = pattern.exec(text.trim().slice(0, 200))?.[1];
        if (version) return { path, line, version };
      }
    }
  }
  return null;
}

/** A library's own folder tells its name and version. */
const libraryPlaces: readonly RegExp[] = [
  /[\\/]\.pnpm[\\/](?:@[\w.-]{1,60}\+)?([\w.-]{1,80})@(\d+\.\d+\.\d+)/,
  /[\\/]gems[\\/]([\w-]{1,80})-(\d+\.\d+(?:\.\d+)*)[\\/]/,
  /[\\/]pkg[\\/]mod[\\/]([^@\s]{1,160})@v(\d+\.\d+\.\d+)/,
  /[\\/]registry[\\/]src[\\/][^\\/]{1,120}[\\/]([\w-]{1,80}?)-(\d+\.\d+\.\d+)[\\/]/,
];

const libraryCap = 3;

function libraryClaims({ inspection, code }: ClaimGround): CheckedClaim[] {
  const claims = new Map<string, CheckedClaim>();
  for (const frame of inspection.frames) {
    if (frame.origin !== "library" || claims.size === libraryCap) continue;
    const text = `${frame.reportedPath ?? ""} ${frame.text}`.slice(0, 1_000);
    const found = libraryPlaces.map((pattern) => pattern.exec(text)).find((match) => match !== null);
    const [, library = "", version = ""] = found ?? [];
    if (library === "" || claims.has(library)) continue;
    const locked = lockedVersions(code, inspection.mentions, library);
    if (locked === null) continue;
    const what = `${quoted(library, 80)} ${version}`;
    const evidence = [codeAt(locked.path, locked.line)];
    const where = place(locked.path, locked.line);
    claims.set(
      library,
      locked.versions.includes(version)
        ? holds("same_library", `What failed ran ${what}, as ${where} locks it.`, { evidence })
        : refuted("same_library", `What failed ran ${what}; ${where} locks ${listed(locked.versions)}.`, {
            evidence,
          }),
    );
  }
  return [...claims.values()];
}

/** The versions beside the library's name in a lock file: on that line, else on the two below. */
function lockedVersions(code: ReadCode, mentions: ClaimGround["inspection"]["mentions"], library: string) {
  for (const { because, path, line } of mentions) {
    const lines = because === "locks_dependency" && line !== null ? code.get(path)?.lines : undefined;
    if (!lines || line === null || !hasWord(lines.get(line) ?? "", lastNameOf(library))) continue;
    for (const below of [0, 1, 2]) {
      const versions = (lines.get(line + below) ?? "").slice(0, 500).match(/\d+\.\d+\.\d+(?:\.\d+)?/g) ?? [];
      if (versions.length > 0)
        return { path, line: line + below, versions: [...new Set(versions)].slice(0, 4) };
    }
  }
  return null;
}

/** By language, where a project says which modules it needs. */
export const manifestFiles = {
  python: ["pyproject.toml", "requirements.txt", "setup.cfg", "setup.py", "Pipfile", "pytest.ini", "tox.ini"],
  javascript: ["package.json", "deno.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"],
  java: ["pom.xml", "build.gradle", "build.gradle.kts", "gradlew", "mvnw", "build.sbt"],
  go: ["go.mod"],
  rust: ["Cargo.toml"],
  ruby: ["Gemfile", ".rspec", "Rakefile"],
  php: ["composer.json", "phpunit.xml", "phpunit.xml.dist"],
  dotnet: ["Directory.Packages.props", "Directory.Build.props", "global.json"],
} as const;

/** A module that cannot be found is not declared; if it is, what failed ran without what the project declares. */
function moduleClaims({ meaning, code, inspection }: ClaimGround): CheckedClaim[] {
  const rule = "module_is_undeclared";
  const module = meaning.class === "missing_module" ? meaning.subject : null;
  const syntax = syntaxOf(resolvedFrames(inspection, 1)[0]?.path ?? "");
  if (module === null || /^(?:node:|\.{0,2}\/|[A-Za-z]:\\)/.test(module)) return [];
  const word =
    syntax === "javascript"
      ? (/^(?:@[\w.-]+\/)?[\w.-]+/.exec(module)?.[0] ?? module)
      : (module.split(/[./\\]/)[0] ?? module);
  const read = [...code].filter(
    ([path, file]) =>
      file &&
      /(?:^|\/)(?:package\.json|pyproject\.toml|requirements[\w-]*\.txt|setup\.(?:cfg|py)|Pipfile|go\.mod|Cargo\.toml|Gemfile|composer\.json|pom\.xml|build\.gradle(?:\.kts)?)$/.test(
        path,
      ),
  );
  const mention = inspection.mentions.find(
    (each) =>
      each.because === "locks_dependency" &&
      each.line !== null &&
      hasWord(code.get(each.path)?.lines.get(each.line) ?? "", word),
  );
  const declared = mention?.line ? { path: mention.path, line: mention.line } : declarationOf(read, word);
  if (declared !== null) {
    const statement = `${place(declared.path, declared.line)} declares ${quoted(word, 80)}, and what failed ran without it: it was not installed from this.`;
    return [refuted(rule, statement, { evidence: [codeAt(declared.path, declared.line)] })];
  }
  if (read.length === 0)
    return [unchecked(rule, `No manifest was found that could declare ${quoted(word, 80)}.`)];
  const names = listed(read.map(([path]) => quoted(path, 80)));
  const given = {
    evidence: read.map(([path]) => codeAt(path, 1)),
    certainty: "inference",
    confidence: "medium",
  } as const;
  return [holds(rule, `${names} ${read.length === 1 ? "does" : "do"} not name ${quoted(word, 80)}.`, given)];
}

function declarationOf(read: ReadonlyArray<[string, ReadFile | null]>, word: string) {
  for (const [path, file] of read) {
    for (const [line, text] of file?.lines ?? [])
      if (text.length <= 500 && !text.trim().startsWith("#") && hasWord(text, word)) return { path, line };
  }
  return null;
}
