"use client";

import { useEffect, useState } from "react";
import { severities } from "@/components/incidents/incident-filter-words";
import { FilterSelect } from "@/components/layout/filter-select";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FilterButton } from "@/components/ui/filter-button";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { lastDayOf, untilOf } from "./day-span";
import { type RareFilters, rareFilterKeys } from "./rare-filter-chips";

type MoreFiltersProps = { filters: RareFilters; setFilters: (change: RareFilters) => void };

/** The filters that are asked for less often: each acts at once, those that are typed when the field is left or on Enter. */
export function MoreFilters({ filters, setFilters }: MoreFiltersProps) {
  const count = rareFilterKeys.filter((key) => filters[key] !== undefined).length;
  return (
    <Popover>
      <PopoverTrigger asChild>
        <FilterButton active={count > 0}>{count > 0 ? `More, ${count}` : "More"}</FilterButton>
      </PopoverTrigger>
      <PopoverContent aria-label="More filters" className="flex flex-col gap-3">
        <Field label="Risk">
          {() => (
            <FilterSelect
              label="Risk, at least"
              any="Any risk"
              value={filters.risk}
              options={severities.map(({ value, label }) => ({ value, label: `${label} or higher` }))}
              onChange={(risk) => setFilters({ risk })}
            />
          )}
        </Field>
        <TypedFilter
          value={filters.source ?? ""}
          onSettled={(source) => setFilters({ source })}
          label="Source"
          placeholder="A log source, or what a report named"
          maxLength={200}
        />
        <div className="grid grid-cols-2 gap-2 touch:grid-cols-1">
          <Field label="From">
            <Input
              type="date"
              size="sm"
              value={filters.since?.slice(0, 10) ?? ""}
              onChange={(event) => setFilters({ since: event.target.value || undefined })}
            />
          </Field>
          <Field label="To" note="(UTC)">
            <Input
              type="date"
              size="sm"
              value={lastDayOf(filters.until) ?? ""}
              onChange={(event) => setFilters({ until: untilOf(event.target.value) })}
            />
          </Field>
        </div>
        <TypedFilter
          value={filters.fingerprint ?? ""}
          onSettled={(fingerprint) => setFilters({ fingerprint })}
          label="Fingerprint"
          placeholder="All of one failure"
          maxLength={300}
          mono
        />
        {count > 0 ? (
          <Button
            size="sm"
            className="w-fit"
            onClick={() => setFilters(Object.fromEntries(rareFilterKeys.map((key) => [key, undefined])))}
          >
            Clear these
          </Button>
        ) : null}
      </PopoverContent>
    </Popover>
  );
}

type TypedFilterProps = {
  value: string;
  onSettled: (value: string | undefined) => void;
  label: string;
  placeholder: string;
  maxLength: number;
  mono?: boolean;
};

function TypedFilter({ value, onSettled, label, placeholder, maxLength, mono = false }: TypedFilterProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  function settle() {
    if (typed.trim() !== value) onSettled(typed.trim() || undefined);
  }
  return (
    <Field label={label}>
      <Input
        size="sm"
        className={mono ? "font-mono text-12" : undefined}
        maxLength={maxLength}
        placeholder={placeholder}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => event.key === "Enter" && settle()}
      />
    </Field>
  );
}
