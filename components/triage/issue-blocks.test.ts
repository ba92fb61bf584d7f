import { expect, it } from "vitest";
import { issueBlocks } from "./issue-blocks";

it.each([
  ["nothing", "", []],
  [
    "headings",
    "## What happened\n\nIt broke.",
    [
      { kind: "heading", text: "What happened" },
      { kind: "text", text: "It broke." },
    ],
  ],
  [
    "a line all in bold, as repositories' forms have their headings",
    "**To Reproduce**\n\nRun **it** now.",
    [
      { kind: "heading", text: "To Reproduce" },
      { kind: "text", text: "Run **it** now." },
    ],
  ],
  [
    "lines of one paragraph, and of two",
    "a\nb\n\nc",
    [
      { kind: "text", text: "a\nb" },
      { kind: "text", text: "c" },
    ],
  ],
  [
    "lists, also over several lines",
    "1. Arrange\n   it\n2. Run\n\n- one\n* two",
    [
      { kind: "list", ordered: true, items: ["Arrange\nit", "Run"] },
      { kind: "list", ordered: false, items: ["one", "two"] },
    ],
  ],
  [
    "a fence, with a heading and a shorter fence in it",
    "````text\n# no heading\n```\n````\nafter",
    [
      { kind: "code", text: "# no heading\n```" },
      { kind: "text", text: "after" },
    ],
  ],
  ["a fence that nothing ends", "```\nlog", [{ kind: "code", text: "log" }]],
  ["markup that it does not know", "<b>x</b> | ![y](z)", [{ kind: "text", text: "<b>x</b> | ![y](z)" }]],
])("%s", (_, markdown, blocks) => expect(issueBlocks(markdown)).toEqual(blocks));
