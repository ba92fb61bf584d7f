import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { suspectRules } from "./suspect-rules";

const page = readFileSync(new URL("../../docs/triage-rules.md", import.meta.url), "utf8");

it.each(["line_last_changed", "history_is_cut_off", ...suspectRules])("%s is described once", (rule) => {
  expect(page.split("\n").filter((line) => line.startsWith(`| \`${rule}\``))).toHaveLength(1);
});

it("no rule is described that is none", () => {
  const section = page.slice(page.indexOf("## Research: suspect commits")).split("\n## ")[0] ?? "";
  const named = [...section.matchAll(/^\| `([a-z_]+)`/gm)].map((match) => match[1]);
  expect(
    named.filter(
      (rule) => ![...suspectRules, "line_last_changed", "history_is_cut_off"].includes(rule as never),
    ),
  ).toEqual([]);
});
