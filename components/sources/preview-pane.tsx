"use client";

import { CodeBlock } from "@/components/layout/code-block";
import { EmptyState } from "@/components/layout/empty-state";
import { ErrorState } from "@/components/layout/error-state";
import { LoadingRows } from "@/components/layout/loading-rows";
import { logFormatWord } from "@/components/settings/words";
import { Alert } from "@/components/ui/alert";
import { cn } from "@/components/ui/cn";
import type { LogSourceWire } from "@/lib/contracts/config";
import type { LogPreviewWire } from "@/lib/contracts/log-source";
import { ApiError } from "@/lib/queries/api-error";
import { PreviewCandidates } from "./preview-candidates";
import { PreviewLines } from "./preview-lines";
import type { LivePreview } from "./use-log-preview";

type PreviewPaneProps = { live: LivePreview; format: LogSourceWire["format"] };

/** The file as the watcher sees it: what would have become an incident, and its last lines. */
export function PreviewPane({ live, format }: PreviewPaneProps) {
  const { preview, error, old, again } = live;
  if (error && (!preview || isMissing(error))) {
    return <PreviewFailure error={error} again={again} retrying={old} />;
  }
  if (!preview) return <LoadingRows what="the last lines" count={5} />;
  return (
    <div className="flex flex-col gap-3" aria-busy={old}>
      {error ? <PreviewFailure error={error} again={again} retrying={false} /> : null}
      <FormatDoubt preview={preview} format={format} />
      <PreviewCandidates candidates={preview.candidates} />
      {preview.lines.length === 0 ? (
        <EmptyState title="Nothing is written yet" className="m-0 py-6">
          Lines show here once there are some. The source can be saved all the same.
        </EmptyState>
      ) : (
        <CodeBlock
          label="Last lines"
          title="Last lines, as the watcher sees them"
          meta={
            old ? "looking again…" : preview.lines.length === 1 ? "1 line" : `${preview.lines.length} lines`
          }
          className={cn(old && "opacity-70")}
        >
          <PreviewLines lines={preview.lines} />
        </CodeBlock>
      )}
    </div>
  );
}

/** A format that was fixed by hand and is not what most lines are. */
function FormatDoubt({ preview, format }: { preview: LogPreviewWire; format: LogSourceWire["format"] }) {
  const found = preview.detected_format;
  if (found === null || format === "auto" || found === format) return null;
  return (
    <Alert tone="waiting" title={`Most lines look like ${logFormatWord[found]}.`}>
      Read as {logFormatWord[format]}, the others are set aside or left out.
    </Alert>
  );
}

type PreviewFailureProps = { error: Error; again: () => void; retrying: boolean };

function PreviewFailure({ error, again, retrying }: PreviewFailureProps) {
  const problem = error instanceof ApiError ? error.problem : undefined;
  if (isMissing(error)) {
    return (
      <EmptyState title="The file is not there yet" glyph="queued" className="m-0">
        It can be saved all the same: reading begins when the system writes it. Check the path if it should be
        there.
      </EmptyState>
    );
  }
  return (
    <ErrorState
      what="The lines could not be shown."
      why={problem ? sentence(problem.error) : "Something went wrong in this page."}
      next={typeof problem?.detail === "string" ? sentence(problem.detail) : undefined}
      requestId={problem?.request_id}
      onRetry={again}
      retrying={retrying}
    />
  );
}

const isMissing = (error: Error) => error instanceof ApiError && error.status === 404;
const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
