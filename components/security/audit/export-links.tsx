import { Download } from "lucide-react";
import { Section } from "@/components/layout/section";
import { Button } from "@/components/ui/button";
import { api } from "@/lib/paths";

const formats = [
  { format: "jsonl", label: "NDJSON", help: "provable on its own" },
  { format: "ocsf", label: "OCSF", help: "for a data lake" },
  { format: "cef", label: "CEF", help: "for a SIEM" },
] as const;

/** Downloads of what the list shows: everything, or what its filters find. */
export function ExportLinks({ filters }: { filters: Record<string, string | undefined> }) {
  const narrowed = Object.values(filters).some((value) => value !== undefined);
  return (
    <Section title="Export">
      <div className="flex flex-wrap gap-2">
        {formats.map(({ format, label, help }) => (
          <Button key={format} asChild size="sm" className="touch:h-11">
            <a href={api.auditExport({ ...filters, format })} download title={help}>
              <Download aria-hidden />
              {label}
            </a>
          </Button>
        ))}
      </div>
      <p className="text-12 text-muted-foreground">
        {narrowed
          ? "What the filters find, each entry with its own proof."
          : "Every sealed entry, with the signed checkpoint it ends at."}{" "}
        NDJSON is verified offline: <code className="font-mono">node scripts/audit.mjs verify FILE KEY</code>.
        Who exports is in the audit.
      </p>
    </Section>
  );
}
