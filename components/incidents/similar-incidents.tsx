"use client";

import Link from "next/link";
import { RelativeTime } from "@/components/layout/relative-time";
import { RedactedText } from "@/components/state/redacted-text";
import { SeverityIcon } from "@/components/state/severity-icon";
import { cn } from "@/components/ui/cn";
import { incidentPath } from "@/lib/paths";
import { incidentSeverity } from "./incident-state";
import { useSimilarIncidents } from "./use-similar-incidents";

/** What already stands under similar words. Opens beside the form, so that nothing typed is lost. */
export function SimilarIncidents({ title }: { title: string }) {
  const incidents = useSimilarIncidents(title);
  const some = incidents.length > 0;
  return (
    <div className={cn("rounded-md bg-muted", some && "-mt-2 px-2.5 pt-2 pb-1")}>
      <p role="status" className="text-12 text-muted-foreground">
        {some
          ? `${incidents.length === 1 ? "One incident reads" : `${incidents.length} incidents read`} much the same. If it is the same failure, this is counted on it as a repeat.`
          : null}
      </p>
      {some ? (
        <ul className="mt-1">
          {incidents.map((incident) => (
            <li key={incident.incident_id} className="flex min-w-0 items-center gap-2 py-1">
              <SeverityIcon severity={incidentSeverity(incident)} />
              <Link
                href={incidentPath(incident.incident_id)}
                target="_blank"
                rel="noopener"
                className="link min-w-0 truncate"
              >
                <RedactedText text={incident.title} />
                <span className="sr-only"> (opens in a new tab)</span>
              </Link>
              <span className="ml-auto flex-none text-12 text-muted-foreground">
                {incident.occurrence_count.toLocaleString("en-GB")}×,{" "}
                <RelativeTime value={incident.last_seen_at_ms} />
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
