"use client";

import type { Filters } from "@/components/layout/use-filters";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { type MetricFilters, type MetricWindow, windowLabels } from "./metric-window";

const windows: readonly MetricWindow[] = ["24h", "7d", "30d", "custom"];

/** How long a window is; the one before it is as long. A custom one is of whole days. */
export function WindowChooser({
  filters,
  change,
}: {
  filters: MetricFilters;
  change: Filters<MetricFilters>;
}) {
  const window = filters.window ?? "7d";
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
      <Segmented
        label="Window"
        value={window}
        onValueChange={(next) => change.set({ window: next === "7d" ? undefined : next })}
        options={windows.map((value) => ({ value, label: windowLabels[value] }))}
        className="max-sm:w-full max-sm:[&>*]:flex-1"
      />
      {window === "custom" ? (
        <div className="grid grid-cols-2 gap-2">
          <Field label="From">
            <Input
              type="date"
              size="sm"
              max={filters.to}
              value={filters.from ?? ""}
              onChange={(event) => change.set({ from: event.target.value || undefined })}
            />
          </Field>
          <Field label="To" note="(UTC)">
            <Input
              type="date"
              size="sm"
              min={filters.from}
              value={filters.to ?? ""}
              onChange={(event) => change.set({ to: event.target.value || undefined })}
            />
          </Field>
        </div>
      ) : null}
    </div>
  );
}
