/** How blocks of a language are told apart: by braces, by indent (Python), by `end` (Ruby). */
export type BlockStyle = "braces" | "indent" | "end";

type Language = { name: string; blocks: BlockStyle };
const braces = (name: string): Language => ({ name, blocks: "braces" });

const languages: Readonly<Record<string, Language>> = {
  ...of(braces("TypeScript"), "ts tsx mts cts"),
  ...of(braces("JavaScript"), "js jsx mjs cjs"),
  ...of(braces("Java"), "java"),
  ...of(braces("Kotlin"), "kt kts"),
  ...of(braces("Scala"), "scala"),
  ...of(braces("Go"), "go"),
  ...of(braces("Rust"), "rs"),
  ...of(braces("PHP"), "php"),
  ...of(braces("C#"), "cs"),
  ...of({ name: "Python", blocks: "indent" }, "py pyi pyw"),
  ...of({ name: "Ruby", blocks: "end" }, "rb rake ru"),
};

/** Source whose blocks are not read. */
const others: Readonly<Record<string, string>> = {
  ...{
    vue: "Vue",
    svelte: "Svelte",
    erb: "ERB",
    groovy: "Groovy",
    clj: "Clojure",
    fs: "F#",
    vb: "Visual Basic",
  },
  ...{
    sql: "SQL",
    sh: "Shell",
    c: "C",
    h: "C",
    cc: "C++",
    cpp: "C++",
    hpp: "C++",
    swift: "Swift",
    ex: "Elixir",
  },
};

function of(language: Language, extensions: string): Record<string, Language> {
  return Object.fromEntries(extensions.split(" ").map((extension) => [extension, language]));
}

/** What follows the last dot of the file's name, lower case; empty without one. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot < 1 ? "" : name.slice(dot + 1).toLowerCase();
}

/** The language of a source file by its name; null for other files. */
export function languageOf(path: string): string | null {
  const extension = extensionOf(path);
  return languages[extension]?.name ?? others[extension] ?? null;
}

export const blockStyleOf = (path: string): BlockStyle | null => languages[extensionOf(path)]?.blocks ?? null;

const configuration = new Set(
  "yml yaml json json5 toml ini cfg conf properties env xml hcl tf gradle config plist".split(" "),
);

/** Is this a file that says how a system is set up? */
export function isConfiguration(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  return (
    configuration.has(extensionOf(path)) ||
    /^(?:dockerfile|procfile|makefile|\.env(?:\.[\w-]{1,40})?)$/.test(name)
  );
}

/** Tests, fixtures and documents: a failure in production seldom begins there. */
export function isBesideTheCode(path: string): boolean {
  return (
    /(?:^|\/)(?:tests?|__tests__|specs?|testdata|fixtures?|__mocks__|mocks?|examples?|docs?|e2e|cypress)\//i.test(
      path,
    ) ||
    /(?:[._-](?:test|spec)\.[a-z]{2,5}|_test\.go|_spec\.rb|Tests?\.(?:java|kt|cs|php)|\/test_[^/]*\.py)$/.test(
      `/${path}`,
    )
  );
}
