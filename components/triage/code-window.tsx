"use client";

import { useState } from "react";
import { CodeBlock } from "@/components/layout/code-block";
import { RedactedText } from "@/components/state/redacted-text";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { InspectionWire } from "@/lib/contracts/triage-phase";
import { codeId } from "./reveal";

export type CodeWindowWire = InspectionWire["windows"][number];

const aroundFocus = 8;
const foldedMax = 2 * aroundFocus + 4;

/** Lines around a place with their numbers, the line that failed marked, the function they stand in named. Long lines scroll. */
export function CodeWindow({ window: shown, scope }: { window: CodeWindowWire; scope: string }) {
  const [whole, setWhole] = useState(shown.lines.length <= foldedMax);
  const { path, focus_line: focus, from_line: first, enclosing } = shown;
  const place = focus === null ? path : `${path}:${focus}`;
  const numbered = shown.lines.map((text, index) => ({ line: first + index, text }));
  const near = focus ?? first + aroundFocus;
  const lines = whole ? numbered : numbered.filter(({ line }) => Math.abs(line - near) <= aroundFocus);
  const digits = String(first + shown.lines.length).length;
  return (
    <div
      id={codeId(scope, path, focus)}
      data-code-scope={scope}
      data-code-path={path}
      data-code-from={first}
      data-code-to={first + shown.lines.length - 1}
      tabIndex={-1}
      className="min-w-0 rounded-md"
    >
      <CodeBlock
        label={`Code of ${place}`}
        title={
          <span title={place} className="font-mono text-foreground">
            {place}
          </span>
        }
        meta={enclosing ? `in ${enclosing.name}` : undefined}
        className="[&>div:first-child]:h-auto [&>div:first-child]:min-h-7 [&>div:first-child]:flex-wrap [&>div:first-child]:py-0.5 [&>div:first-child>span]:max-w-full [&>div:first-child>span]:break-all [&>div:first-child>span]:whitespace-normal"
      >
        <section
          tabIndex={0}
          aria-label={`Lines of ${place}`}
          className="overflow-x-auto focus-visible:-outline-offset-2"
        >
          <ol className="w-fit min-w-full">
            {lines.map(({ line, text }) => (
              <li
                key={line}
                aria-current={line === focus ? "true" : undefined}
                className={cn(
                  "grid grid-cols-[auto_14px_minmax(max-content,1fr)] pr-3 leading-[18px] whitespace-pre",
                  line === focus && "bg-state-failed-soft inset-shadow-[2px_0_0_var(--state-failed)]",
                )}
              >
                <span
                  style={{ minWidth: `${digits + 2}ch` }}
                  className={cn(
                    "sticky left-0 bg-card pr-1 pl-2 text-right text-muted-foreground select-none",
                    line === focus && "bg-state-failed-soft text-foreground",
                  )}
                >
                  {line}
                </span>
                <span aria-hidden className="text-state-failed select-none">
                  {line === focus ? "▸" : ""}
                </span>
                <span>
                  {line === focus ? <span className="sr-only">where it failed: </span> : null}
                  <RedactedText text={text} />
                </span>
              </li>
            ))}
          </ol>
        </section>
      </CodeBlock>
      {whole ? null : (
        <Button variant="ghost" size="xs" className="mt-0.5 font-normal" onClick={() => setWhole(true)}>
          Show all {shown.lines.length} lines
        </Button>
      )}
    </div>
  );
}
