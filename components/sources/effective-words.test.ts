import { expect, it } from "vitest";
import { nameOf } from "@/lib/queries/names";
import { effectiveWords } from "./effective-words";

const name = nameOf({ destinations: { c: "Chat" }, projects: {}, routes: {} });

const lists = (allowed: string[], defaults: string[] = []) => ({
  allowed_destination_ids: allowed,
  default_destination_ids: defaults,
});

it.each([
  ["nothing set", lists([]), null, "May leave to any destination; without a matching route it goes to d."],
  [
    "a project's list and default",
    lists(["a", "b"], ["a"]),
    null,
    "May leave to a and b only; without a matching route it goes to a.",
  ],
  [
    "the default is not allowed",
    lists(["a"]),
    null,
    "May leave to a only; without a matching route it goes to d. The list stops d.",
  ],
  [
    "two lists meet",
    lists(["a", "b"], ["b"]),
    lists(["b", "c"]),
    "May leave to b only, which both lists allow; without a matching route it goes to b.",
  ],
  [
    "the source's own default",
    lists([], ["a"]),
    lists(["c"], ["c"]),
    "May leave to Chat only; without a matching route it goes to Chat.",
  ],
  [
    "two lists do not meet",
    lists(["a"]),
    lists(["b"]),
    "Project and source allow different destinations, so nothing of it may leave.",
  ],
])("%s", (_, project, source, words) => {
  expect(effectiveWords(project, source, ["d"], name)).toBe(words);
});

it("without any default", () => {
  expect(effectiveWords(lists([]), null, [], name)).toBe(
    "May leave to any destination; there is no default.",
  );
});
