"use client";

import { ChevronsUpDown } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Field } from "@/components/ui/field";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { zonesLike } from "./window-words";

type ZoneSelectProps = { value: string; onChange: (zone: string) => void; error: string | undefined };

/** A time zone by its IANA name, found by typing part of it. */
export function ZoneSelect({ value, onChange, error }: ZoneSelectProps) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const choose = (zone: string) => {
    onChange(zone);
    setOpen(false);
    setTyped("");
  };
  return (
    <Field label="Time zone" error={error}>
      {(control) => (
        <Popover open={open} onOpenChange={setOpen}>
          <PopoverTrigger asChild>
            <Button {...control} role="combobox" className="w-full justify-between font-normal touch:h-11">
              <span className="truncate">{value}</span>
              <ChevronsUpDown aria-hidden className="text-muted-foreground" />
            </Button>
          </PopoverTrigger>
          <PopoverContent align="start" className="w-72 p-0" aria-label="Time zones">
            {open ? (
              <Command label="Time zone" shouldFilter={false}>
                <CommandInput placeholder="Berlin, UTC…" value={typed} onValueChange={setTyped} />
                <CommandList label="Time zones" className="max-h-60">
                  <CommandEmpty>No time zone of that name.</CommandEmpty>
                  {zonesLike(typed).map((zone) => (
                    <CommandItem key={zone} value={zone} onSelect={() => choose(zone)}>
                      {zone}
                    </CommandItem>
                  ))}
                </CommandList>
              </Command>
            ) : null}
          </PopoverContent>
        </Popover>
      )}
    </Field>
  );
}
