"use client";

import Link from "next/link";
import { ActionFailure } from "@/components/layout/action-failure";
import { GateGlyph } from "@/components/state/gate-glyph";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { toneClass } from "@/components/ui/tone";
import type { ProbeResultWire } from "@/lib/contracts/probe";
import { draftPath, posturePath } from "@/lib/paths";
import { useSubmitReport } from "@/lib/queries/reports";
import { usePermission } from "@/lib/queries/session";
import { statusLooks, targetPath, targetWords } from "./probe-words";

/** What one control answered at one target. A failure can be made a draft, or leads to the finding it comes from. */
export function ProbeResultRow({ result }: { result: ProbeResultWire }) {
  const look = statusLooks[result.status];
  const path = targetPath(result.target);
  return (
    <li className="grid gap-x-4 gap-y-1 border-t border-border py-2 md:grid-cols-[112px_minmax(0,220px)_minmax(0,1fr)]">
      <span
        className={cn(toneClass(look.tone), "inline-flex items-start gap-1.5 text-12 font-medium text-tone")}
      >
        <GateGlyph name={look.glyph} size={16} className="flex-none" />
        {look.word}
      </span>
      <span className="min-w-0 break-words">
        {path ? (
          <Link href={path} className="link">
            {targetWords(result.target)}
          </Link>
        ) : (
          targetWords(result.target)
        )}
      </span>
      <span className="min-w-0">
        <span className="block break-words">{result.observed_behavior}</span>
        {result.status === "fail" ? <WaysOn result={result} /> : null}
      </span>
    </li>
  );
}

function WaysOn({ result }: { result: ProbeResultWire }) {
  const mayReport = usePermission("report").allowed;
  const report = useSubmitReport();
  const { incident_draft_suggestion: suggestion, source_finding: finding } = result;
  if (finding) {
    return (
      <Link href={posturePath()} className="link text-12">
        See the finding: {finding.title}
      </Link>
    );
  }
  if (!suggestion || !mayReport) return null;
  const { event_type, route_tags: _tags, ...rest } = suggestion;
  return (
    <span className="mt-1 flex flex-wrap items-center gap-2">
      <Button
        size="xs"
        className="touch:h-11"
        pending={report.isPending}
        onClick={() => report.mutate({ ...rest, event: event_type })}
      >
        Make a draft
        <span className="sr-only"> of: {suggestion.title}</span>
      </Button>
      <span role="status" className="text-12 text-muted-foreground">
        {report.data ? (
          <Link href={draftPath(report.data.draft.draft_id)} className="link">
            Open the draft
          </Link>
        ) : null}
      </span>
      {report.isError ? <ActionFailure what="No draft was made." error={report.error} /> : null}
    </span>
  );
}
