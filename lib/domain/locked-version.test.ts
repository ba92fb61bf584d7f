import { describe, expect, it } from "vitest";
import { isLockFile, lockedVersion, lockFiles } from "./locked-version";
import { librariesOf } from "./trace-library";
import { readTracePlaces } from "./trace-places";

describe("the libraries of a trace", () => {
  it.each<[line: string, library: string]>([
    ["at f (/app/node_modules/.pnpm/express@4.1.0/node_modules/express/lib/router.js:1:2)", "npm express -"],
    ["at f (/app/node_modules/@scope/pkg/index.js:1:2)", "npm @scope/pkg -"],
    ['File "/app/.venv/lib/python3.12/site-packages/celery/app/trace.py", line 1, in f', "python celery -"],
    ['File "/app/.venv/lib/python3.12/site-packages/six.py", line 1, in f', "python six -"],
    ['File "/app/.venv/lib/python3.12/site-packages/yaml/loader.py", line 1, in f', "python pyyaml -"],
    [
      "from /usr/lib/ruby/gems/3.3.0/gems/active-record-7.1.2/lib/relation.rb:88:in 'each'",
      "ruby active-record 7.1.2",
    ],
    [
      "go.do(0x1)\n/root/go/pkg/mod/github.com/!burnt!sushi/toml@v1.4.2/do.go:11 +0x40",
      "go github.com/BurntSushi/toml v1.4.2",
    ],
    [
      "4: tokio::run\nat /home/ci/.cargo/registry/src/index.crates.io-6f17/tokio-1.36.0/src/core.rs:3:1",
      "cargo tokio 1.36.0",
    ],
    [
      "#1 /srv/app/vendor/laravel/framework/src/BoundMethod.php(36): App\\Store->open()",
      "composer laravel/framework -",
    ],
    [
      "at org.postgresql.core.v3.QueryExecutorImpl.receive(QueryExecutorImpl.java:27)",
      "maven org.postgresql.core.v3 -",
    ],
    ["at f (/app/src/a.js:1:2)", ""],
  ])("%s", (lines, library) => {
    const found = librariesOf(readTracePlaces(lines.split("\n")));
    expect(found.map(({ kind, name, version }) => `${kind} ${name} ${version ?? "-"}`).join()).toBe(library);
  });
});

const files: Record<string, [content: string, library: string, version: string | null, line: number][]> = {
  "package-lock.json": [
    [
      '{\n "packages": {\n  "node_modules/express-x": {\n   "version": "1.0.0"\n  },\n  "node_modules/express": {\n   "version": "4.18.2",\n',
      "express",
      "4.18.2",
      6,
    ],
    [
      '{\n  "node_modules/express": {\n  },\n  "node_modules/other": {\n   "version": "9"\n',
      "express",
      null,
      0,
    ],
  ],
  "yarn.lock": [
    [
      '"@a/b@^1.0.0":\n  version "1.2.3"\n\nexpress@^4.1, express@~4.0:\n  version "4.18.2"\n',
      "express",
      "4.18.2",
      4,
    ],
    ['"@a/b@npm:^1.0.0":\n  version: 1.2.3\n', "@a/b", "1.2.3", 1],
  ],
  "pnpm-lock.yaml": [
    ["packages:\n\n  /express@4.18.2:\n    x: y\n  '@a/b@1.2.3(react@18)':\n", "@a/b", "1.2.3", 5],
  ],
  "poetry.lock": [['[[package]]\nname = "PyYAML"\nversion = "6.0.1"\n', "pyyaml", "6.0.1", 2]],
  "uv.lock": [['[[package]]\nname = "celery"\nversion = "5.3"\n', "celery", "5.3", 2]],
  "Pipfile.lock": [
    [
      '{\n    "default": {\n        "celery": {\n            "hashes": [],\n            "version": "==5.3.1"\n        },\n',
      "celery",
      "5.3.1",
      3,
    ],
  ],
  "requirements.txt": [
    ["# x\ncelery-x==1\ncelery[redis]==5.3.1 ; python_version > '3'\n", "celery", "5.3.1", 3],
  ],
  "Gemfile.lock": [["GEM\n  specs:\n    rack (3.0.8)\n      rack-x (1)\n", "rack", "3.0.8", 3]],
  "go.mod": [
    ["module x\n\nrequire (\n\tgithub.com/a/b v1.4.2 // indirect\n)\n", "github.com/a/b", "v1.4.2", 4],
  ],
  "go.sum": [["github.com/a/b v1.4.2/go.mod h1:x=\n", "github.com/a/b", "v1.4.2", 1]],
  "Cargo.lock": [['[[package]]\nname = "tokio"\nversion = "1.36.0"\n', "tokio", "1.36.0", 2]],
  "composer.lock": [
    ['  {\n    "name": "laravel/framework",\n    "version": "v10.1",\n', "laravel/framework", "v10.1", 2],
  ],
  "pom.xml": [
    [
      "<dependency>\n  <groupId>org.postgresql</groupId>\n  <artifactId>postgresql</artifactId>\n  <version>42.6.0</version>\n</dependency>",
      "org.postgresql.core.v3",
      "42.6.0",
      2,
    ],
  ],
};

describe("the version a lock file names", () => {
  it.each(Object.entries(files))("%s", (name, cases) => {
    for (const [content, library, version, line] of cases) {
      const found = lockedVersion(name, content.split("\n"), library);
      expect(found && [found.version, found.line]).toEqual(version && [version, line]);
      expect(lockedVersion(name, content.split("\n"), "absent")).toBeNull();
    }
  });

  it("every kind of file is read", () => {
    for (const name of Object.values(lockFiles).flat()) {
      expect(isLockFile(name)).toBe(true);
      if (name !== "npm-shrinkwrap.json") expect(Object.keys(files)).toContain(name);
    }
    expect(lockedVersion("other.lock", ["x"], "x")).toBeNull();
  });
});
