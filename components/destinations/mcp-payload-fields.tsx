"use client";

import { Plus, X } from "lucide-react";
import { useId } from "react";
import { keepFocus } from "@/components/settings/keep-focus";
import { TextField } from "@/components/settings/text-field";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FieldChecks } from "@/components/ui/field-checks";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import type { DestinationWire } from "@/lib/contracts/config";
import { type Argument, argumentFault, argumentsOf, placeholders, withArguments } from "./mcp-payload";

type McpPayloadFieldsProps = {
  config: DestinationWire["config"];
  onChange: (config: DestinationWire["config"]) => void;
  error?: string;
};

/** The tool's arguments, one a line: fixed words, or what is taken from the draft at that moment. */
export function McpPayloadFields({ config, onChange, error }: McpPayloadFieldsProps) {
  const rows = argumentsOf(config);
  const listId = useId();
  const set = (next: readonly Argument[]) => onChange(withArguments(config, next));
  return (
    <FieldSet
      legend="Arguments"
      help="Fixed words, or $draft.title and the like, filled in when it is called. JSON is taken as JSON."
    >
      {rows.length === 0 ? (
        <FieldChecks
          checks={[
            { key: "none", result: "fail", what: "No argument yet.", detail: "A call needs at least one." },
          ]}
        />
      ) : null}
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while it is typed
        <div key={index} className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2">
          <div className="grid gap-2 sm:grid-cols-2">
            <TextField
              label="Argument"
              mono
              value={row.name}
              maxLength={200}
              error={argumentFault(row, rows)}
              onChange={(name) => set(rows.with(index, { ...row, name }))}
            />
            <Field label="Value">
              <Input
                mono
                list={listId}
                value={row.value}
                maxLength={4_000}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => set(rows.with(index, { ...row, value: event.target.value }))}
              />
            </Field>
          </div>
          <Button
            variant="ghost"
            size="icon-sm"
            className="mt-6 touch:size-11"
            aria-label={`Take out argument ${row.name}`}
            onClick={({ currentTarget }) => keepFocus(currentTarget, () => set(rows.toSpliced(index, 1)))}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <datalist id={listId}>
        {placeholders.map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
      {error ? (
        <p role="status" className="text-12 text-destructive">
          {error}
        </p>
      ) : null}
      <Button
        size="xs"
        className="w-fit touch:h-11"
        onClick={() => set([...rows, { name: freeName(rows), value: "$draft.title" }])}
      >
        <Plus aria-hidden />
        Add argument
      </Button>
    </FieldSet>
  );
}

function freeName(rows: readonly Argument[]): string {
  if (!rows.some(({ name }) => name === "title")) return "title";
  let number = rows.length + 1;
  while (rows.some(({ name }) => name === `argument_${number}`)) number += 1;
  return `argument_${number}`;
}
