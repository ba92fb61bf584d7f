"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { SeverityLabel } from "@/components/state/severity-label";
import { StateLabel } from "@/components/state/state-label";
import { Alert } from "@/components/ui/alert";
import { FieldChecks } from "@/components/ui/field-checks";
import type { SourceReadinessWire } from "@/lib/contracts/status";
import { safetyPath } from "@/lib/paths";
import { statusQuery } from "@/lib/queries/settings";
import { inLabels, readinessParts, readinessRow } from "./readiness-words";

type SourceFindingsProps = {
  projectId: string;
  sourceId?: string;
  isSaved: boolean;
  edited: boolean;
  level?: 2 | 3;
};

/** Is what comes from here documented and fresh enough to act on: the five parts, then each finding with its fix. */
export function SourceFindings({ projectId, sourceId, isSaved, edited, level = 2 }: SourceFindingsProps) {
  const status = useQuery(statusQuery());
  const row = readinessRow(status.data?.source_readiness, projectId, sourceId);
  if (!isSaved) return <p className="text-muted-foreground">Judged once it is saved.</p>;
  if (status.isError && !status.data) {
    return (
      <QueryFailure
        error={status.error}
        what="Readiness"
        onRetry={() => status.refetch()}
        retrying={status.isFetching}
        className=""
      />
    );
  }
  if (!status.data) return <LoadingRows what="readiness" count={3} />;
  if (!row) return <p className="text-muted-foreground">The server has not judged it yet.</p>;
  return (
    <Section
      title="Readiness"
      level={level}
      count={row.findings.length > 0 ? `${row.findings.length} to put right` : undefined}
      aside={
        row.enabled ? (
          <StateLabel facet="readiness" value={row.ready ? "ready" : "not_ready"} />
        ) : (
          <StateLabel state="disabled" word="Not judged" />
        )
      }
    >
      {row.enabled ? <Parts row={row} /> : null}
      <Consequence row={row} blocks={status.data.config.safety_defaults.block_unready_sources} />
      {edited ? <p className="text-12">About what is saved, not yet about your changes.</p> : null}
      <ul className="flex flex-col">
        {row.findings.map((finding) => (
          <li
            key={finding.finding_id}
            className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-3 border-b border-border py-2 first:border-t"
          >
            <SeverityLabel severity={finding.severity} />
            <div className="flex min-w-0 flex-col">
              <b className="font-medium">{finding.title}</b>
              <span className="text-12 text-muted-foreground">{inLabels(finding.detail)}</span>
              <span className="text-12">{inLabels(finding.recommendation)}</span>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Parts({ row }: { row: SourceReadinessWire }) {
  return (
    <>
      <FieldChecks
        className="sm:grid sm:grid-cols-3"
        checks={readinessParts.map(({ key, word }) => ({
          key,
          result: row[key] ? "pass" : "fail",
          what: word,
        }))}
      />
      {row.last_observed_at_ms === undefined ? null : (
        <p className="text-12 text-muted-foreground">
          Last record <RelativeTime value={row.last_observed_at_ms} />
          {row.stale_after_ms === undefined ? null : (
            <>
              , stale <RelativeTime value={row.stale_after_ms} />
            </>
          )}
        </p>
      )}
    </>
  );
}

/** What an unready source means is set elsewhere, so it is said here. */
function Consequence({ row, blocks }: { row: SourceReadinessWire; blocks: boolean }) {
  if (!row.enabled) return <p className="text-muted-foreground">{row.detail}</p>;
  if (row.ready) return null;
  return (
    <Alert
      tone={blocks ? "failed" : "waiting"}
      role="status"
      title={blocks ? "It may not publish." : "It publishes all the same."}
    >
      {blocks
        ? "The safety defaults stop what comes from sources that are not ready."
        : "The safety defaults report sources that are not ready and do not stop them."}{" "}
      <Link href={safetyPath()} className="link">
        Safety defaults
      </Link>
    </Alert>
  );
}
