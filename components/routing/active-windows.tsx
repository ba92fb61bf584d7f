"use client";

import { Plus, X } from "lucide-react";
import { keepFocus } from "@/components/settings/keep-focus";
import { TextField } from "@/components/settings/text-field";
import { Button } from "@/components/ui/button";
import { FieldSet } from "@/components/ui/field-set";
import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group";
import { type ActiveWindow, type Day, days, timeFrom, windowWords } from "./window-words";
import { ZoneSelect } from "./zone-select";

type ActiveWindowsProps = {
  legend: string;
  /** What holds without any window. */
  empty: string;
  windows: readonly ActiveWindow[];
  onChange: (windows: ActiveWindow[]) => void;
  /** By the path from the list on: `[0].zone`. */
  errorAt: (path: string) => string | undefined;
};

const most = 20;

/** Times of the week, by the clocks of a zone. */
export function ActiveWindows({ legend, empty, windows, onChange, errorAt }: ActiveWindowsProps) {
  const add = () => {
    const zone = windows.at(-1)?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC";
    onChange([...windows, { zone, days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "17:00" }]);
  };
  return (
    <FieldSet className="gap-3" legend={legend} help={windows.length === 0 ? empty : undefined}>
      {windows.map((window, index) => (
        <WindowRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a window is its place; nothing else tells two alike apart
          key={index}
          place={index + 1}
          window={window}
          errorAt={(field) => errorAt(`[${index}].${field}`)}
          onChange={(next) => onChange(windows.with(index, next))}
          onRemove={(pressed) => keepFocus(pressed, () => onChange(windows.toSpliced(index, 1)))}
        />
      ))}
      <Button
        size="xs"
        className="w-fit border-dashed touch:h-11"
        disabled={windows.length >= most}
        onClick={add}
      >
        <Plus aria-hidden />
        Time window
      </Button>
    </FieldSet>
  );
}

type WindowRowProps = {
  place: number;
  window: ActiveWindow;
  errorAt: (field: string) => string | undefined;
  onChange: (window: ActiveWindow) => void;
  onRemove: (pressed: HTMLElement) => void;
};

function WindowRow({ place, window, errorAt, onChange, onRemove }: WindowRowProps) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 border-l border-border-strong pl-3">
      <legend className="sr-only">Window {place}</legend>
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1 text-12 text-muted-foreground">{windowWords(window)}</p>
        <Button
          variant="ghost"
          size="icon-xs"
          aria-label={`Remove window ${place}`}
          onClick={({ currentTarget }) => onRemove(currentTarget)}
        >
          <X aria-hidden />
        </Button>
      </div>
      <ToggleGroup
        type="multiple"
        aria-label="Days it begins on; none is every day"
        value={window.days ?? []}
        onValueChange={(chosen: string[]) =>
          onChange({ ...window, days: days.map((day) => day.value).filter((day) => chosen.includes(day)) })
        }
        className="flex w-full"
      >
        {days.map(({ value, label, long }) => (
          <ToggleGroupItem key={value} value={value satisfies Day} aria-label={long} className="flex-1 px-0">
            {label}
          </ToggleGroupItem>
        ))}
      </ToggleGroup>
      <div className="grid grid-cols-2 gap-2">
        {(["from", "to"] as const).map((end) => (
          <TimeField
            key={end}
            label={end === "from" ? "From" : "Until"}
            value={window[end]}
            error={errorAt(end)}
            onChange={(time) => onChange({ ...window, [end]: time })}
          />
        ))}
      </div>
      <ZoneSelect
        value={window.zone}
        error={errorAt("zone")}
        onChange={(zone) => onChange({ ...window, zone })}
      />
    </fieldset>
  );
}

type TimeFieldProps = {
  label: string;
  value: string;
  error: string | undefined;
  onChange: (time: string) => void;
};

/** Until may be 24:00, which a browser's own time field does not know. */
function TimeField({ label, value, error, onChange }: TimeFieldProps) {
  return (
    <div onBlur={() => timeFrom(value) !== value && onChange(timeFrom(value))}>
      <TextField
        label={label}
        value={value}
        placeholder="09:00"
        maxLength={5}
        error={error}
        onChange={onChange}
      />
    </div>
  );
}
