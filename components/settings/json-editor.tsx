"use client";

import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Textarea } from "@/components/ui/textarea";
import { completionsAt, type JsonOption, type JsonSchema } from "./json-completion";

type JsonEditorProps = {
  label: string;
  value: string;
  schema: JsonSchema;
  invalid: boolean;
  onChange: (value: string) => void;
};

const shownMax = 40;

/**
 * A text field for JSON, and under it what may stand at the caret. Ctrl and space goes there, the arrows choose, Enter
 * writes it; Tab leaves the field as it does every other one.
 */
export function JsonEditor({ label, value, schema, invalid, onChange }: JsonEditorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [caret, setCaret] = useState(0);
  const helpId = useId();
  const options = useMemo(() => completionsAt(value, caret, schema), [value, caret, schema]);
  const shown = options.slice(0, shownMax);

  function write(option: JsonOption) {
    const next = value.slice(0, option.from) + option.insert + value.slice(option.to);
    const at = option.from + option.insert.length - (/[{[][}\]]$/.test(option.insert) ? 1 : 0);
    onChange(next);
    setCaret(at);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(at, at);
    });
  }

  function onFieldKey(event: KeyboardEvent) {
    if (!(event.ctrlKey && event.key === " ")) return;
    event.preventDefault();
    list.current?.querySelector("button")?.focus();
  }

  function onListKey(event: KeyboardEvent<HTMLDivElement>) {
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by !== undefined) buttons[(at + by + buttons.length) % buttons.length]?.focus();
    else if (event.key === "Escape") field.current?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className="flex flex-col gap-2">
      <Textarea
        ref={field}
        mono
        aria-label={label}
        aria-describedby={helpId}
        aria-invalid={invalid}
        spellCheck={false}
        autoCapitalize="off"
        className="h-[44vh] field-sizing-fixed"
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
          setCaret(event.target.selectionStart);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onFieldKey}
      />
      <p id={helpId} className="text-12 text-muted-foreground max-md:hidden">
        <Kbd>ctrl</Kbd> <Kbd>space</Kbd> goes to what may stand at the caret.
      </p>
      <div
        ref={list}
        role="toolbar"
        aria-label="What may stand at the caret"
        onKeyDown={onListKey}
        className="relative flex max-h-28 min-h-7 flex-wrap gap-1 overflow-y-auto"
      >
        {shown.map((option) => (
          <Button
            key={option.label}
            size="xs"
            className="font-mono text-12 font-normal touch:h-9"
            title={option.about || undefined}
            onClick={() => write(option)}
          >
            {option.label}
            {option.about.endsWith("required") ? <span aria-hidden>*</span> : null}
            {option.about ? <span className="sr-only">, {option.about}</span> : null}
          </Button>
        ))}
        {shown.length === 0 ? (
          <p className="text-12 text-muted-foreground">
            Nothing to choose here: put the caret behind a brace, a comma or a colon.
          </p>
        ) : null}
      </div>
    </div>
  );
}
