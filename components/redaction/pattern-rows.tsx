"use client";

import { Plus, Trash2 } from "lucide-react";
import { TextField } from "@/components/settings/text-field";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import type { RedactionProfileWire } from "@/lib/contracts/config-safety";

type Pattern = NonNullable<RedactionProfileWire["patterns"]>[number];

type PatternRowsProps = {
  /** The profile's name, for whoever hears the buttons. */
  profile: string;
  patterns: readonly Pattern[];
  /** Of a field: `[0].pattern`. */
  errorAt: (field: string) => string | undefined;
  onChange: (patterns: Pattern[]) => void;
};

const patternsMax = 20;

/** A profile's own patterns, each under the name that its marker shows. */
export function PatternRows({ profile, patterns, errorAt, onChange }: PatternRowsProps) {
  const set = (index: number, next: Pattern) =>
    onChange(patterns.map((each, at) => (at === index ? next : each)));
  return (
    <div className="flex flex-col gap-3">
      {patterns.map((row, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a pattern has no name yet while it is typed
          key={index}
          className="grid gap-3 grid-cols-[minmax(0,1fr)_auto] sm:grid-cols-[minmax(0,180px)_minmax(0,1fr)_auto_auto]"
        >
          <TextField
            label="Pattern's name"
            mono
            value={row.name}
            maxLength={31}
            error={errorAt(`[${index}].name`)}
            className="max-sm:col-span-2"
            onChange={(name) => set(index, { ...row, name })}
          />
          <TextField
            label="Pattern"
            mono
            value={row.pattern}
            maxLength={500}
            help="RE2 syntax, tried when it is saved."
            error={errorAt(`[${index}].pattern`)}
            className="max-sm:col-span-2"
            onChange={(pattern) => set(index, { ...row, pattern })}
          />
          <Choice label="Any case" className="sm:mt-7">
            <Checkbox
              checked={row.ignore_case ?? false}
              onCheckedChange={(checked) =>
                set(index, {
                  name: row.name,
                  pattern: row.pattern,
                  ...(checked === true && { ignore_case: true }),
                })
              }
            />
          </Choice>
          <Button
            variant="ghost"
            size="icon-sm"
            className="touch:size-11 sm:mt-6"
            aria-label={`Remove the pattern ${row.name || "without a name"} of ${profile}`}
            onClick={() => onChange(patterns.filter((_, at) => at !== index))}
          >
            <Trash2 aria-hidden />
          </Button>
        </div>
      ))}
      <Button
        size="sm"
        variant="ghost"
        className="w-fit touch:h-11"
        disabled={patterns.length >= patternsMax}
        aria-label={`Add a pattern to ${profile}`}
        onClick={() => onChange([...patterns, { name: `pattern_${patterns.length + 1}`, pattern: "" }])}
      >
        <Plus aria-hidden />
        Add a pattern
      </Button>
    </div>
  );
}
