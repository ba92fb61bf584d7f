import type { ReadCode, ReadFile } from "./read-code";
import { quoted } from "./triage-words";

/** How a project runs its tests, told by a file that it has. The vocabulary is ours: nothing of the file becomes a command. */
const commands = {
  tests_by_pytest: "python -m pytest",
  tests_by_pnpm: "pnpm test",
  tests_by_yarn: "yarn test",
  tests_by_npm: "npm test",
  tests_by_maven: "mvn test",
  tests_by_gradle: "gradle test",
  tests_by_go: "go test ./...",
  tests_by_cargo: "cargo test",
  tests_by_rspec: "bundle exec rspec",
  tests_by_rake: "bundle exec rake test",
  tests_by_phpunit: "vendor/bin/phpunit",
  tests_by_dotnet: "dotnet test",
} as const;

export type TestRule = keyof typeof commands;

export const testCommandOf = (rule: string): string | null =>
  Object.hasOwn(commands, rule) ? commands[rule as TestRule] : null;

const says = (file: ReadFile, pattern: RegExp) =>
  [...file.lines.values()].some((line) => line.length <= 500 && pattern.test(line));

const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);

/** The rule that a manifest stands for; null where it says nothing of tests. */
function ruleOf(file: ReadFile, code: ReadCode): TestRule | null {
  const name = file.path.slice(folderOf(file.path).length);
  const beside = (other: string) => code.get(folderOf(file.path) + other) != null;
  switch (name) {
    case "pytest.ini":
      return "tests_by_pytest";
    case "pyproject.toml":
    case "setup.cfg":
    case "tox.ini":
    case "requirements.txt":
    case "Pipfile":
      return says(file, /\bpytest\b/) ? "tests_by_pytest" : null;
    case "package.json":
      if (!says(file, /^\s*\{?[^"]{0,5}.{0,200}"test"\s*:\s*"(?!echo \\"Error: no test)/)) return null;
      if (beside("pnpm-lock.yaml")) return "tests_by_pnpm";
      return beside("yarn.lock") ? "tests_by_yarn" : "tests_by_npm";
    case "pom.xml":
      return "tests_by_maven";
    case "build.gradle":
    case "build.gradle.kts":
      return "tests_by_gradle";
    case "go.mod":
      return "tests_by_go";
    case "Cargo.toml":
      return "tests_by_cargo";
    case ".rspec":
      return "tests_by_rspec";
    case "Rakefile":
      return says(file, /\b(?:Rake::TestTask|Minitest::TestTask|:test\b)/) ? "tests_by_rake" : null;
    case "phpunit.xml":
    case "phpunit.xml.dist":
      return "tests_by_phpunit";
    case "Directory.Packages.props":
      return says(file, /Microsoft\.NET\.Test\.Sdk/) ? "tests_by_dotnet" : null;
  }
  return /\.(?:sln|slnx|csproj)$/.test(name) ? "tests_by_dotnet" : null;
}

export type SeenTests = { rule: TestRule; path: string; statement: string };

/** The ways to run tests that the project was seen to have, at most four. */
export function seenTests(code: ReadCode): SeenTests[] {
  const found = new Map<TestRule, SeenTests>();
  for (const file of code.values()) {
    const rule = file && ruleOf(file, code);
    if (!file || !rule || found.has(rule)) continue;
    const statement = `${quoted(file.path)} says that tests run with ${quoted(commands[rule])}.`;
    found.set(rule, { rule, path: file.path, statement });
  }
  return [...found.values()].slice(0, 4);
}
