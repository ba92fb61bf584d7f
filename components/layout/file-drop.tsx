"use client";

import type { LucideIcon } from "lucide-react";
import { type DragEvent, useId, useState } from "react";
import { cn } from "@/components/ui/cn";

type FileDropProps = {
  Icon: LucideIcon;
  label: string;
  help: string;
  disabled?: boolean;
  onChoose: (file: File) => void;
};

/** Takes one JSON file: dropped, or chosen with the keyboard. */
export function FileDrop({ Icon, label, help, disabled, onChoose }: FileDropProps) {
  const id = useId();
  const [over, setOver] = useState(false);
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onChoose(file);
  }
  return (
    // The input inside is the control; dropping on the area around it is a convenience.
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        "flex flex-col items-start gap-3 rounded-md border border-dashed border-input px-4 py-6",
        over && "border-primary bg-primary-soft",
      )}
    >
      <Icon aria-hidden className="size-5 text-muted-foreground" />
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <p id={`${id}-help`} className="text-12 text-muted-foreground">
          {help}
        </p>
      </div>
      <input
        id={id}
        type="file"
        accept="application/json,.json"
        disabled={disabled}
        aria-describedby={`${id}-help`}
        className="max-w-full text-12 text-muted-foreground file:mr-3 file:h-8 file:rounded-md file:border file:border-border-strong file:bg-card file:px-3 file:text-13 file:font-medium file:text-foreground hover:file:bg-accent touch:file:h-11"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) onChoose(file);
          // The same file may be chosen again after it was corrected.
          event.target.value = "";
        }}
      />
    </div>
  );
}
