"use client";

import { Plus, X } from "lucide-react";
import { useRef } from "react";
import { flushSync } from "react-dom";
import { keepFocus } from "@/components/settings/keep-focus";
import { MoveButtons } from "@/components/settings/move-buttons";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
import type { FormRow } from "./summary-form";

type RowsFieldProps = {
  label: string;
  noun: string;
  rows: readonly FormRow[];
  rowsMax: number;
  mono?: boolean;
  note?: React.ReactNode;
  error?: string;
  onChange: (rows: FormRow[]) => void;
};

/** A list as rows: written in, added, taken away and moved, all by keyboard. What was found in a shape of its own stays whole. */
export function RowsField({ label, noun, rows, rowsMax, mono, note, error, onChange }: RowsFieldProps) {
  const field = useRef<HTMLFieldSetElement>(null);
  function add() {
    const id = Math.max(0, ...rows.map((row) => row.id)) + 1;
    flushSync(() => onChange([...rows, { id, text: "" }]));
    [...(field.current?.querySelectorAll("textarea") ?? [])].at(-1)?.focus();
  }
  function move(from: number, to: number) {
    const row = rows[from];
    if (row) onChange(rows.toSpliced(from, 1).toSpliced(to, 0, row));
  }
  return (
    <fieldset ref={field} className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 flex w-full flex-wrap items-baseline gap-x-1.5 text-13 font-medium">
        {label}
        {note}
        <span className="ml-auto text-12 font-normal text-muted-foreground">
          {rows.length} of {rowsMax}
        </span>
      </legend>
      {rows.length > 0 ? (
        <ol className="flex flex-col gap-1">
          {rows.map((row, index) => {
            const name = `${noun} ${index + 1}`;
            return (
              <li key={row.id} className="flex items-start gap-1">
                {row.entry === undefined ? (
                  <Textarea
                    aria-label={name}
                    rows={1}
                    mono={mono}
                    value={row.text}
                    className="min-h-8 flex-1 py-1"
                    onChange={({ target }) => onChange(rows.with(index, { ...row, text: target.value }))}
                  />
                ) : (
                  <p className="min-h-8 min-w-0 flex-1 rounded-md border border-border bg-muted px-2.5 py-1 break-words">
                    {row.text}
                  </p>
                )}
                <span className="flex flex-none pt-1">
                  <MoveButtons
                    name={name}
                    place={index}
                    count={rows.length}
                    onMove={(to) => move(index, to)}
                  />
                  <Button
                    variant="ghost"
                    size="icon-xs"
                    aria-label={`Remove ${name}`}
                    onClick={({ currentTarget }) =>
                      keepFocus(currentTarget, () => onChange(rows.toSpliced(index, 1)))
                    }
                  >
                    <X aria-hidden />
                  </Button>
                </span>
              </li>
            );
          })}
        </ol>
      ) : null}
      <div>
        <Button
          variant="ghost"
          size="xs"
          className="-ml-1.5 touch:h-11"
          disabled={rows.length >= rowsMax}
          onClick={add}
        >
          <Plus aria-hidden />
          Add a {noun}
        </Button>
      </div>
      <div aria-live="polite" className="contents">
        {error ? (
          <p className="flex gap-1.5 text-12 font-medium">
            <X aria-hidden className="mt-px size-3.5 text-destructive" />
            {error}
          </p>
        ) : null}
      </div>
    </fieldset>
  );
}
