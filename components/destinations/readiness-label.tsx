import { StateLabel } from "@/components/state/state-label";
import type { Readiness } from "./readiness";

/** Readiness in a word. A row that is not saved yet has none. */
export function ReadinessLabel({ readiness, word }: { readiness: Readiness; word?: string }) {
  if (readiness.state === "unknown") {
    return <span className="text-12 leading-5 text-muted-foreground">{word ?? "Not known"}</span>;
  }
  return <StateLabel facet="readiness" value={readiness.state} />;
}
