"use client";

import { Plus, X } from "lucide-react";
import { useId } from "react";
import { missingArguments, type TakenArgument } from "@/components/mcp/tool-arguments";
import { keepFocus } from "@/components/settings/keep-focus";
import { TextField } from "@/components/settings/text-field";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FieldChecks } from "@/components/ui/field-checks";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import type { DestinationWire } from "@/lib/contracts/config";
import {
  type Argument,
  argumentFault,
  argumentsOf,
  placeholders,
  valueFault,
  withArguments,
} from "./mcp-payload";

type McpPayloadFieldsProps = {
  config: DestinationWire["config"];
  /** What the chosen tool takes, as last inspected; empty while nobody knows. */
  taken: readonly TakenArgument[];
  takesOthers: boolean;
  onChange: (config: DestinationWire["config"]) => void;
  error?: string;
};

/** The tool's arguments, one a line: fixed words, or what is taken from the draft at that moment. */
export function McpPayloadFields(props: McpPayloadFieldsProps) {
  const { config, taken, takesOthers, onChange, error } = props;
  const rows = argumentsOf(config);
  const listId = useId();
  const missing = missingArguments(
    taken,
    rows.map((row) => row.name),
  );
  const left = taken.filter((each) => !rows.some((row) => row.name === each.name));
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
      {rows.length > 0 && missing.length > 0 ? (
        <FieldChecks
          checks={missing.map((name) => ({
            ...{ key: name, result: "fail" as const, what: `${name} is missing.` },
            detail: "The tool requires it.",
          }))}
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
            <Field label="Value" help={helpOf(taken, row.name)} error={valueFault(row, taken, takesOthers)}>
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
      <div className="flex flex-wrap gap-2">
        {left.slice(0, 12).map((each) => (
          <Button
            key={each.name}
            size="xs"
            className="touch:h-11"
            onClick={() => set([...rows, { name: each.name, value: usualValue(each) }])}
          >
            <Plus aria-hidden />
            {each.name}
          </Button>
        ))}
        <Button
          size="xs"
          className="touch:h-11"
          onClick={() => set([...rows, { name: freeName(rows), value: "$draft.title" }])}
        >
          <Plus aria-hidden />
          Add argument
        </Button>
      </div>
    </FieldSet>
  );
}

function helpOf(taken: readonly TakenArgument[], name: string): string | undefined {
  const found = taken.find((each) => each.name === name);
  if (!found) return undefined;
  const about = found.options ? found.options.slice(0, 6).join(", ") : found.type;
  return [about, found.required ? "required" : "", found.description].filter(Boolean).join(", ");
}

/** What most likely belongs there: the draft's field of that name, else its title, a list, or the first of a list. */
function usualValue({ name, type, options }: TakenArgument): string {
  if (options) return options[0] ?? "";
  const own = [`$draft.${name}`, `$incident.${name}`].find((each) => placeholders.includes(each));
  if (own) return own;
  if (/key|idempot/i.test(name)) return "$idempotency_key";
  if (type === "array") return "$draft.route_tags";
  if (type === "integer" || type === "number") return "$incident.occurrence_count";
  if (type === "boolean") return "true";
  return /body|description|detail|text/i.test(name) ? "$draft.detail" : "$draft.title";
}

function freeName(rows: readonly Argument[]): string {
  if (!rows.some(({ name }) => name === "title")) return "title";
  let number = rows.length + 1;
  while (rows.some(({ name }) => name === `argument_${number}`)) number += 1;
  return `argument_${number}`;
}
