"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/components/layout/error-state";
import { LoadingRows } from "@/components/layout/loading-rows";
import { useSettled } from "@/components/layout/use-settled";
import { PaneHeader } from "@/components/settings/pane-header";
import { Segmented } from "@/components/ui/segmented";
import type { ConfigWire } from "@/lib/contracts/config";
import type { RoutePreviewRequestWire } from "@/lib/contracts/route-preview";
import { ApiError } from "@/lib/queries/api-error";
import { routePreviewQuery } from "@/lib/queries/preview";
import { allowedIdsOf } from "./allowed-ids";
import { PreviewAnswer } from "./preview-answer";
import { TryDraft } from "./try-draft";
import { TryForm } from "./try-form";

type TryRecordProps = { config: ConfigWire; edited: boolean; onBack: () => void };

/** Where a record would go, and why: as a sentence, then condition by condition. Nothing is sent. */
export function TryRecord({ config, edited, onBack }: TryRecordProps) {
  const [from, setFrom] = useState<"form" | "draft">("form");
  const [form, setForm] = useState<RoutePreviewRequestWire>({});
  const [draftId, setDraftId] = useState<string | null>(null);
  const request = useSettledRequest(from === "form" ? form : { draft_id: draftId });
  const asked = from === "form" || draftId !== null;
  const preview = useQuery({ ...routePreviewQuery(request), enabled: asked });
  const problem = preview.error instanceof ApiError ? preview.error.problem : null;
  return (
    <div className="flex flex-col gap-4">
      <PaneHeader
        title="Try a record"
        backLabel="Back to routes"
        onBack={onBack}
        actions={
          <Segmented
            label="What to try"
            value={from}
            onValueChange={setFrom}
            options={[
              { value: "form", label: "Form" },
              { value: "draft", label: "Draft" },
            ]}
          />
        }
      />
      {from === "form" ? (
        <TryForm config={config} value={form} onChange={setForm} />
      ) : (
        <TryDraft value={draftId} onChange={setDraftId} />
      )}
      {edited ? (
        <p className="text-12 text-muted-foreground">
          This uses the saved routes. Your unsaved changes are not in it yet.
        </p>
      ) : null}
      {preview.isError && !preview.isFetching ? (
        <ErrorState
          what="The preview could not be made."
          why={problem ? `${problem.error}.` : undefined}
          requestId={problem?.request_id}
          onRetry={() => preview.refetch()}
        />
      ) : preview.data && asked ? (
        <PreviewAnswer
          preview={preview.data}
          updating={preview.isPlaceholderData}
          checkedAtMs={preview.dataUpdatedAt}
          allowedIds={from === "form" ? allowedIdsOf(config, form) : null}
        />
      ) : asked ? (
        <LoadingRows what="the preview" count={3} />
      ) : null}
    </div>
  );
}

/** The request as it was when typing paused. */
function useSettledRequest(request: RoutePreviewRequestWire): RoutePreviewRequestWire {
  return JSON.parse(useSettled(JSON.stringify(request))) as RoutePreviewRequestWire;
}
