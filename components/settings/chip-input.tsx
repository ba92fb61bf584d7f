"use client";

import { X } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useId, useState } from "react";
import { cn } from "@/components/ui/cn";
import type { FieldControl } from "@/components/ui/field";
import { fieldBox } from "@/components/ui/input";
import { keepFocus } from "./keep-focus";

type ChipInputProps = {
  control: FieldControl;
  values: readonly string[];
  onChange: (values: string[]) => void;
  /** Known values, offered while typing. Anything else may be typed as well. */
  suggestions?: readonly string[];
  placeholder?: string;
  mono?: boolean;
  /** A comma is part of a value: only Enter ends one. */
  whole?: boolean;
};

/** Several values in one field. Enter or a comma adds, Backspace takes the last one back, pasted lists are split. */
export function ChipInput({
  control,
  values,
  onChange,
  suggestions = [],
  placeholder,
  mono,
  whole,
}: ChipInputProps) {
  const listId = useId();
  const [text, setText] = useState("");
  const breaks = whole ? /\n/ : /[,\n]/;
  const open = suggestions.filter((value) => !values.includes(value));

  function add(given: string) {
    const parts = given.split(breaks).map((part) => part.trim());
    const fresh = parts.filter(
      (part, index) => part && !values.includes(part) && parts.indexOf(part) === index,
    );
    if (fresh.length > 0) onChange([...values, ...fresh]);
    setText("");
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if ((event.key === "Enter" || (event.key === "," && !whole)) && text.trim()) {
      event.preventDefault();
      add(text);
    }
    if (event.key === "Backspace" && text === "" && values.length > 0) onChange(values.slice(0, -1));
  }

  function onPaste(event: ClipboardEvent<HTMLInputElement>) {
    const pasted = event.clipboardData.getData("text");
    if (!breaks.test(pasted)) return;
    event.preventDefault();
    add(`${text}${pasted}`);
  }

  return (
    <div
      data-slot="chip-input"
      className={cn(fieldBox, "min-h-8 flex-wrap gap-1 py-[3px] pr-1 pl-1.5 touch:min-h-11")}
    >
      {values.map((value) => (
        <span
          key={value}
          className={cn(
            "inline-flex h-6 max-w-full min-w-0 items-center rounded-sm border border-border-strong bg-background pl-1.5 text-12 font-medium has-[button:disabled]:pr-1.5",
            mono && "font-mono",
          )}
        >
          <span className="truncate">{value}</span>
          <button
            type="button"
            aria-label={`Remove ${value}`}
            onClick={({ currentTarget }) =>
              keepFocus(currentTarget, () => onChange(values.filter((other) => other !== value)))
            }
            className="grid size-6 flex-none place-items-center text-muted-foreground hover:text-foreground disabled:hidden touch:size-9"
          >
            <X aria-hidden className="size-3" />
          </button>
        </span>
      ))}
      <input
        {...control}
        value={text}
        list={open.length > 0 ? listId : undefined}
        placeholder={values.length === 0 ? placeholder : undefined}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          // A value chosen from the list arrives whole, as no keystroke would.
          if (open.includes(event.target.value)) add(event.target.value);
          else setText(event.target.value);
        }}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => add(text)}
        className={cn(
          "h-6 min-w-20 flex-1 border-0 bg-transparent px-1 text-13 outline-none disabled:cursor-not-allowed disabled:placeholder:text-transparent touch:text-16",
          mono && "font-mono text-[12.5px]",
        )}
      />
      {open.length > 0 ? (
        <datalist id={listId}>
          {open.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      ) : null}
    </div>
  );
}
