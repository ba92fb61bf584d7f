import type { DraftWire } from "@/lib/contracts/draft";
import { listWords } from "./draft-words";

const parts: Record<string, string> = {
  client: "the reporter's own fingerprint",
  type: "an exception type",
  template: "a message template",
  cause: "a root cause",
  frames: "the top in-app frames",
  event: "an event",
  component: "a component",
  file: "a file",
  reason: "a reason",
  workflow: "a workflow",
  task: "a task",
  stage: "a stage",
  node: "a node",
};

/** "All 214 share an exception type, a message template and the top in-app frames." */
export function groupingWords({ identity, occurrence_count: count }: DraftWire): string {
  const shared = listWords(identity.map(({ name }) => parts[name] ?? name));
  if (shared === "") return "Nothing in it tells it apart, so it stands alone.";
  if (count === 1)
    return `Seen once. More with the same ${shared.replaceAll(/\b(?:an?|the) /g, "")} are counted here.`;
  return `${count === 2 ? "Both" : `All ${count.toLocaleString("en-GB")}`} share ${shared}.`;
}
