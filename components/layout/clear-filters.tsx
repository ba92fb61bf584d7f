import { Button } from "@/components/ui/button";

type ClearFiltersProps = { filters: Readonly<Record<string, unknown>>; onClear: () => void };

/** Takes every filter of a list off; there only while one is on. */
export function ClearFilters({ filters, onClear }: ClearFiltersProps) {
  if (Object.values(filters).every((value) => value === undefined)) return null;
  return (
    <Button variant="ghost" size="sm" className="touch:h-11" onClick={onClear}>
      Clear filters
    </Button>
  );
}
