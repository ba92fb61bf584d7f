"use client";

import { useQuery } from "@tanstack/react-query";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import { Section } from "@/components/layout/section";
import { SaveError } from "@/components/settings/save-error";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { api } from "@/lib/paths";
import { redactionRunsQuery, rereadingPreviewQuery, useStartRereading } from "@/lib/queries/redaction";
import { PreviewTable } from "./preview-table";
import { RunsTable } from "./runs-table";

/** What today's rules would change of what is stored already: looked at first, then done by a worker. */
export function StoredTexts({ canStart, unsaved }: { canStart: boolean; unsaved: boolean }) {
  const runs = useQuery(redactionRunsQuery());
  const preview = useQuery({ ...rereadingPreviewQuery(), enabled: false });
  const start = useStartRereading();
  const running = runs.data?.runs.some((run) => run.state === "running") ?? false;
  return (
    <Section title="What is stored already" aside={<CopyApiCall path={api.redactionRuns()} />}>
      <p className="max-w-160 text-muted-foreground">
        When the rules of a release find more, everything stored is read again by itself. After changing a
        profile, or after stopping it, you may ask for it. Approvals that stand for changed words end and say
        why. Payloads that were approved or sent stay byte for byte, since receipts rest on them: erase those
        under Retention.
      </p>
      {unsaved ? <Alert title="Of what is saved.">Your changes count once they are saved.</Alert> : null}
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          className="touch:h-11"
          disabled={!canStart || preview.isFetching}
          onClick={() => preview.refetch()}
        >
          {preview.isFetching ? "Looking…" : "See what would change"}
        </Button>
        <Button
          size="sm"
          className="touch:h-11"
          disabled={!canStart || running || start.isPending}
          onClick={() => start.mutate()}
        >
          {running ? "Being read again…" : "Read everything again"}
        </Button>
      </div>
      {canStart ? null : <p className="text-12 text-muted-foreground">Both need the admin role.</p>}
      {start.error ? <SaveError error={start.error} /> : null}
      {preview.error ? <SaveError error={preview.error} /> : null}
      <div aria-live="polite" className="empty:hidden">
        {preview.data ? <PreviewTable preview={preview.data} /> : null}
      </div>
      {runs.data ? (
        runs.data.runs.length > 0 ? (
          <RunsTable runs={runs.data.runs} canStop={canStart} />
        ) : (
          <p className="text-muted-foreground">Nothing has had to be read again yet.</p>
        )
      ) : runs.isError ? (
        <QueryFailure
          what="Runs"
          error={runs.error}
          onRetry={() => runs.refetch()}
          retrying={runs.isFetching}
          className="py-2"
        />
      ) : (
        <LoadingRows what="runs" shape="table" count={2} />
      )}
    </Section>
  );
}
