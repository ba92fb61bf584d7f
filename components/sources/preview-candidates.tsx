"use client";

import Link from "next/link";
import { useState } from "react";
import { IdText } from "@/components/layout/id-text";
import { RedactedText } from "@/components/state/redacted-text";
import { SeverityLabel } from "@/components/state/severity-label";
import { Button } from "@/components/ui/button";
import type { LogPreviewWire } from "@/lib/contracts/log-source";
import { incidentPath } from "@/lib/paths";
import { incidentWords } from "./preview-words";

type PreviewCandidatesProps = { candidates: LogPreviewWire["candidates"] };

const shownFirst = 5;

/** What would have become an incident: title, risk, how often, whether it exists, and the fingerprint it would have. */
export function PreviewCandidates({ candidates }: PreviewCandidatesProps) {
  const [all, setAll] = useState(false);
  const shown = all ? candidates : candidates.slice(0, shownFirst);
  if (candidates.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      <ol aria-label="Would have become incidents" className="flex flex-col border-t border-border">
        {shown.map((candidate, at) => (
          <li
            key={candidate.fingerprint}
            className="grid grid-cols-[20px_minmax(0,1fr)_auto] items-baseline gap-x-2 border-b border-border py-1.5"
          >
            <span className="text-right text-12 text-muted-foreground">{at + 1}</span>
            <b className="min-w-0 font-medium break-words">
              <RedactedText text={candidate.title} />
            </b>
            <SeverityLabel severity={candidate.risk_level} />
            <span className="col-[2/-1] flex min-w-0 flex-wrap items-center gap-x-3 text-12 text-muted-foreground">
              <span>
                {incidentWords(candidate)}
                {candidate.incident_id ? (
                  <>
                    {" on "}
                    <Link href={incidentPath(candidate.incident_id)} className="link" target="_blank">
                      its incident
                      <span className="sr-only"> (opens in a new tab)</span>
                    </Link>
                  </>
                ) : null}
              </span>
              {candidate.component ? <span>{candidate.component}</span> : null}
              <IdText id={candidate.wire_fingerprint} kind="fingerprint" />
            </span>
          </li>
        ))}
      </ol>
      {candidates.length > shown.length ? (
        <div>
          <Button size="xs" className="touch:h-11" onClick={() => setAll(true)}>
            Show all {candidates.length}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
