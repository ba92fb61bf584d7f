import { describe, expect, it } from "vitest";
import { differences } from "./config-diff";

describe("differences", () => {
  const row = (id: string, more = {}) => ({ destination_id: id, name: id, ...more });

  it.each<[string, unknown, unknown, unknown[]]>([
    ["nothing", { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
    ["the server's own time", { updated_at_ms: 1, a: 1 }, { updated_at_ms: 2, a: 1 }, []],
    ["a value", { a: { b: true } }, { a: { b: false } }, [{ path: "a.b", before: true, after: false }]],
    ["null is a value", { a: 5 }, { a: null }, [{ path: "a", before: 5, after: null }]],
    ["one that is new", {}, { repo: "a/b" }, [{ path: "repo", after: "a/b" }]],
    ["one that goes", { repo: "a/b" }, {}, [{ path: "repo", before: "a/b" }]],
    [
      "a list of texts, whole",
      { t: ["a"] },
      { t: ["a", "b"] },
      [{ path: "t", before: ["a"], after: ["a", "b"] }],
    ],
    [
      "the order of texts counts",
      { t: ["a", "b"] },
      { t: ["b", "a"] },
      [{ path: "t", before: ["a", "b"], after: ["b", "a"] }],
    ],
    [
      "a row in its own place",
      { d: [row("x"), row("y")] },
      { d: [row("y"), row("x", { enabled: true })] },
      [{ path: "d[x].enabled", after: true }],
    ],
    [
      "a new row among rows",
      { d: [row("x")] },
      { d: [row("x"), row("y")] },
      [{ path: "d[y]", after: row("y") }],
    ],
    ["the first row", { d: [] }, { d: [row("x")] }, [{ path: "d[x]", after: row("x") }]],
    ["the last row", { d: [row("x")] }, { d: [] }, [{ path: "d[x]", before: row("x") }]],
    [
      "rows inside rows",
      { p: [{ project_id: "shop", log_sources: [{ source_id: "api", path: "a" }] }] },
      { p: [{ project_id: "shop", log_sources: [{ source_id: "api", path: "b" }] }] },
      [{ path: "p[shop].log_sources[api].path", before: "a", after: "b" }],
    ],
    [
      "a time of a row is not the server's own",
      { a: { updated_at_ms: 1 } },
      { a: { updated_at_ms: 2 } },
      [{ path: "a.updated_at_ms", before: 1, after: 2 }],
    ],
  ])("%s", (_, before, after, expected) => expect(differences(before, after)).toEqual(expected));
});
