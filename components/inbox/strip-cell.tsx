import Link from "next/link";
import { cn } from "@/components/ui/cn";

type StripCellProps = {
  value: number;
  label: string;
  href: string;
  /** It waits for this person: the stamp blue. */
  needs?: boolean;
  failed?: boolean;
};

/** A figure of the strip; all of it is the link to what it counts. */
export function StripCell({ value, label, href, needs = false, failed = false }: StripCellProps) {
  return (
    <Link
      href={href}
      className="min-w-0 rounded-sm py-2.5 pr-2 outline-offset-[-3px] hover:[&>*:last-child]:text-foreground lg:py-3 lg:pr-4"
    >
      <span
        className={cn(
          "block text-20 leading-6 font-[550] tracking-[-0.02em]",
          needs && value > 0 && "text-state-needs",
          failed && value > 0 && "text-state-failed",
        )}
      >
        {value > 10_000 ? "10,000+" : value.toLocaleString("en-GB")}
      </span>
      <span
        className={cn(
          "block truncate text-12",
          needs && value > 0 ? "font-medium text-foreground" : "text-muted-foreground",
        )}
      >
        {label}
      </span>
    </Link>
  );
}
