"use client";

import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { ruleName, ruleSentence } from "./rule-words";

/** A rule by its name; pressing it shows what the rule says. */
export function RuleNote({ rule }: { rule: string }) {
  return (
    <Popover>
      <PopoverTrigger className="max-w-full cursor-pointer rounded-sm text-left wrap-anywhere underline decoration-border-strong decoration-dotted underline-offset-3 hover:text-foreground hover:decoration-current touch:min-h-6">
        <span className="sr-only">Rule: </span>
        {ruleName(rule)}
      </PopoverTrigger>
      <PopoverContent aria-label={`The rule ${ruleName(rule)}`}>
        <p>{ruleSentence(rule) ?? "Whoever handed this in named the rule; it is none of ours."}</p>
        <p className="mt-1 font-mono text-12 break-all text-muted-foreground">{rule}</p>
      </PopoverContent>
    </Popover>
  );
}
