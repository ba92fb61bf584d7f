import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchPath, type PathRoot, rootOf } from "./path-match";
import { readReportedPath } from "./reported-path";

describe("a reported path, taken apart", () => {
  const shown = (path: string) => {
    const read = readReportedPath(path);
    return read.kind === "outside" ? "outside" : `${read.kind} ${read.segments.join("/")}`;
  };

  it.each([
    ["src/a.py", "relative src/a.py"],
    ["./src/../lib//a.py", "relative lib/a.py"],
    ["/app/src/a.py", "absolute app/src/a.py"],
    ["C:\\build\\Shop\\x.cs", "absolute build/Shop/x.cs"],
    ["C:/build/x.cs", "absolute build/x.cs"],
    ["src\\x.cs", "relative src/x.cs"],
    ["\\\\server\\share\\x.cs", "absolute server/share/x.cs"],
    ["webpack:///./src/x.ts?a1b2", "relative src/x.ts"],
    ["webpack://shop/src/x.ts", "relative src/x.ts"],
    ["webpack-internal:///(rsc)/./src/x.ts", "relative src/x.ts"],
    ["turbopack:///[project]/src/x.ts", "relative src/x.ts"],
    ["file:///srv/app/a%20b.mjs", "absolute srv/app/a b.mjs"],
    ["file:///C:/app/x.mjs", "absolute app/x.mjs"],
    ["file:///srv/%zz.mjs", "absolute srv/%zz.mjs"],
    ["https://shop.example/assets/x.js?v=3#a", "absolute assets/x.js"],
    ["app:///main.js", "absolute main.js"],
    ["../../etc/passwd", "outside"],
    ["src/../../x.py", "outside"],
    ["/etc/passwd", "outside"],
    ["/proc/self/environ", "outside"],
    ["/root/.ssh/id_rsa", "outside"],
    ["a\0b.py", "outside"],
    ["/", "outside"],
    ["", "outside"],
    ["a".repeat(2_000), "outside"],
  ])("%j", (path, read) => expect(shown(path)).toBe(read));

  it.each(["../", "./", "/", "\\", "a/", "%41", "?", "webpack://", "(a)/", "C:"])("much of %s", (piece) => {
    for (let times = 0; times < 2_000; times += 1)
      readReportedPath(piece.repeat(Math.floor(1_000 / piece.length)));
  });
});

describe("which file of the project a path means", () => {
  function found(reported: string, paths: string[], options: Parameters<typeof matchPath>[2] = {}): string {
    const read = readReportedPath(reported);
    if (read.kind === "outside") return "outside";
    const match = matchPath(read, paths, options);
    if (match.state === "none") return "none";
    if (match.state === "several")
      return `several${match.isSure ? "" : "?"} ${match.candidates.map((each) => each.path).join(" ")}`;
    return match.candidate.path + (match.isSure ? "" : "?");
  }
  const roots: PathRoot[] = [{ reported: "app", project: "services/pay" }];

  it.each<[what: string, reported: string, paths: string[], answer: string]>([
    ["the longest ending", "/app/src/x.py", ["lib/x.py", "a/src/x.py"], "a/src/x.py"],
    ["all of one path before a part of another", "/app/src/x.py", ["a/src/x.py", "src/x.py"], "src/x.py"],
    ["two as good", "/app/src/x.py", ["a/src/x.py", "b/src/x.py"], "several a/src/x.py b/src/x.py"],
    [
      "a package",
      "com/acme/Foo.java",
      ["core/src/main/java/com/acme/Foo.java", "x/Foo.java"],
      "core/src/main/java/com/acme/Foo.java",
    ],
    ["a bare name", "Foo.java", ["a/b/Foo.java"], "a/b/Foo.java"],
    ["two bare names", "Foo.java", ["a/Foo.java", "b/Foo.java"], "several a/Foo.java b/Foo.java"],
    ["a folder of deployments and a name", "/app/main.py", ["services/api/main.py"], "services/api/main.py"],
    ["the name alone, in other folders", "/srv/other/lib/text.py", ["shop/text.py"], "shop/text.py?"],
    [
      "the name alone, two of it",
      "/srv/other/lib/text.py",
      ["shop/text.py", "web/text.py"],
      "several? shop/text.py web/text.py",
    ],
    ["the name alone, relative", "other/text.py", ["shop/text.py"], "shop/text.py?"],
    ["Windows does not mind capitals", "C:\\b\\Shop\\X.cs", ["src/shop/x.cs"], "src/shop/x.cs"],
    ["others do", "/b/Shop/X.cs", ["src/shop/x.cs"], "none"],
    ["nothing", "/app/x.py", [], "none"],
  ])("%s", (_, reported, paths, answer) => expect(found(reported, paths)).toBe(answer));

  it.each([
    ["com/acme/Foo.java", "src/com/acme/Foo.java", "src/com/acme/Foo.java"],
    ["com/lib/util/Foo.java", "src/com/acme/util/Foo.java", "src/com/acme/util/Foo.java?"],
    ["com/acme/Foo.kt", "src/Foo.kt", "src/Foo.kt?"],
    ["Foo.kt", "src/Foo.kt", "src/Foo.kt"],
  ])("a package's path must be there whole: %s in %s", (reported, path, answer) => {
    expect(found(reported, [path], { isPackagePath: true })).toBe(answer);
  });

  it("other frames of the trace tell two apart", () => {
    const paths = ["services/cart/src/x.py", "services/pay/src/x.py"];
    expect(found("/app/src/x.py", paths, { roots })).toBe("services/pay/src/x.py");
    expect(found("/app/src/x.py", paths, { roots: [{ reported: "app", project: "web" }] })).toMatch(
      /^several/,
    );
  });

  it("where a folder of the machine lies in the project", () => {
    const read = readReportedPath("/app/src/x.py");
    const match = read.kind === "outside" ? null : matchPath(read, ["services/pay/src/x.py"]);
    expect(read.kind !== "outside" && match?.state === "found" && rootOf(read, match.candidate)).toEqual({
      reported: "app",
      project: "services/pay",
    });
  });

  it("what is found is one of the given, and ends as reported", () => {
    const segment = fc.constantFrom("a", "b", "src", "app", "x.py");
    const path = fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("/"));
    fc.assert(
      fc.property(path, fc.uniqueArray(path, { maxLength: 8 }), (reported, paths) => {
        const read = readReportedPath(`/${reported}`);
        if (read.kind === "outside") return;
        const match = matchPath(read, paths);
        if (match.state !== "found") return;
        expect(paths).toContain(match.candidate.path);
        expect(match.candidate.path.split("/").at(-1)).toBe(read.segments.at(-1));
      }),
    );
  });
});
