"use client";

import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

type SearchBoxProps = {
  label: string;
  placeholder: string;
  /** What the list is searched for now. */
  value: string;
  onSearch: (value: string) => void;
};

const pauseMs = 250;

/** Searches a moment after the last key. A search changed elsewhere (cleared filters) is taken over. */
export function SearchBox({ label, placeholder, value, onSearch }: SearchBoxProps) {
  const [typed, setTyped] = useState(value);
  const [settled, setSettled] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (settled !== value) {
    setSettled(value);
    if (typed.trim() === settled) setTyped(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  function search(next: string) {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(next.trim()), pauseMs);
  }
  return (
    <search className="w-full sm:w-64">
      <Input
        type="search"
        size="sm"
        quiet
        aria-label={label}
        placeholder={placeholder}
        value={typed}
        maxLength={200}
        onChange={(event) => search(event.target.value)}
        boxClassName="touch:h-11"
        className="[&::-webkit-search-cancel-button]:hidden"
        leading={<Search aria-hidden className="size-3.5 flex-none text-muted-foreground" />}
        trailing={
          typed ? (
            <Button
              variant="ghost"
              size="icon-xs"
              aria-label="Clear the search"
              className="-mr-1.5"
              onClick={() => {
                clearTimeout(timer.current);
                setTyped("");
                onSearch("");
              }}
            >
              <X aria-hidden />
            </Button>
          ) : null
        }
      />
    </search>
  );
}
