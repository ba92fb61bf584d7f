import { FilterSelect } from "@/components/layout/filter-select";
import { RelativeTime } from "@/components/layout/relative-time";
import type { Filters } from "@/components/layout/use-filters";
import { Button } from "@/components/ui/button";
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
  const narrowed = Object.values(filters).some((value) => value !== undefined);
  return (
    <div className="flex flex-none flex-wrap items-center gap-x-3 gap-y-2 border-b border-border px-4 py-2 md:px-6">
      <FilterSelect
        label="Severity"
        any="Any severity"
        value={filters.min_severity}
        options={floors}
        onChange={(min_severity) => change.set({ min_severity })}
      />
      {narrowed ? (
        <Button variant="ghost" size="sm" className="touch:h-11" onClick={change.clear}>
          Clear filters
        </Button>
      ) : null}
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
