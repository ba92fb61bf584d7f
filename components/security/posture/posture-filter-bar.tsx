import { ClearFilters } from "@/components/layout/clear-filters";
import { FilterSelect } from "@/components/layout/filter-select";
import { RelativeTime } from "@/components/layout/relative-time";
import type { Filters } from "@/components/layout/use-filters";
import type { PostureChecksWire } from "@/lib/contracts/posture";
import type { PostureFilters } from "@/lib/queries/posture";

const floors = [
  { value: "medium", label: "Medium and worse" },
  { value: "high", label: "High and worse" },
  { value: "critical", label: "Critical alone" },
];

type PostureFilterBarProps = {
  filters: PostureFilters;
  change: Filters<PostureFilters>;
  checks: PostureChecksWire | undefined;
};

/** From which severity on, how many rules are on, and when they looked. */
export function PostureFilterBar({ filters, change, checks }: PostureFilterBarProps) {
  return (
    <div className="flex flex-none flex-wrap items-center gap-x-3 gap-y-2 border-b border-border px-4 py-2 md:px-6">
      <FilterSelect
        label="Severity"
        any="Any severity"
        value={filters.min_severity}
        options={floors}
        onChange={(min_severity) => change.set({ min_severity })}
      />
      <ClearFilters filters={filters} onClear={change.clear} />
      {checks ? (
        <p className="ml-auto text-12 text-muted-foreground">
          <a href="#rules" className="link">
            {checks.counts.active_rules} of {checks.rules.length} rules
          </a>
          , looked <RelativeTime value={checks.generated_at_ms} />
        </p>
      ) : null}
    </div>
  );
}
