"use client";

import { useState } from "react";
import { Section } from "@/components/layout/section";
import { Button } from "@/components/ui/button";
import type { GraphNodeWire, GraphPathWire } from "@/lib/contracts/authority-graph";
import { approvalWords, pathsShown, throughWords, verbOf } from "./graph-words";

type PathSentencesProps = {
  paths: readonly GraphPathWire[];
  nodes: ReadonlyMap<string, GraphNodeWire>;
  chosen: string | null;
  onClear: () => void;
};

const pageSize = 20;

/** The chosen node's paths as sentences, each with why it is there. Without a choice: those on which nobody is asked. */
export function PathSentences({ paths, nodes, chosen, onClear }: PathSentencesProps) {
  const [limit, setLimit] = useState(pageSize);
  const shown = pathsShown(paths, chosen);
  const title = chosen
    ? `Paths of ${nodes.get(chosen)?.label ?? "what was chosen"}`
    : "Nobody is asked on these";
  const clear = chosen ? (
    <Button variant="ghost" size="xs" onClick={onClear}>
      Show all again
    </Button>
  ) : null;
  return (
    <div aria-live="polite">
      <Section title={title} count={shown.length} aside={clear}>
        {shown.length === 0 ? (
          <p className="text-muted-foreground">
            {chosen ? "It is on no path." : "Every path asks somebody, at least about what is high risk."}{" "}
            Choose any place above to read its paths.
          </p>
        ) : (
          <ul>
            {shown.slice(0, limit).map((path) => (
              <Sentence
                key={JSON.stringify([path.who_id, path.gate_id, path.where_id])}
                path={path}
                nodes={nodes}
              />
            ))}
          </ul>
        )}
        {shown.length > limit ? (
          <Button size="sm" className="self-start" onClick={() => setLimit(limit + 5 * pageSize)}>
            Show more of {shown.length}
          </Button>
        ) : null}
      </Section>
    </div>
  );
}

function Sentence({ path, nodes }: { path: GraphPathWire; nodes: PathSentencesProps["nodes"] }) {
  const who = nodes.get(path.who_id);
  const gate = nodes.get(path.gate_id);
  const where = nodes.get(path.where_id);
  if (!who || !gate || !where) return null;
  return (
    <li className="max-w-200 border-b border-border py-2 wrap-anywhere last:border-b-0">
      <p>
        <b className="font-medium">{who.label}</b> {verbOf(who.kind)}{" "}
        <b className="font-medium">{where.label}</b> {throughWords(gate)}. {approvalWords(path)}
      </p>
      <p className="text-12 text-muted-foreground">{path.why.map((each) => each.message).join(" · ")}</p>
    </li>
  );
}
