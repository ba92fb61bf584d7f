"use client";

import { ErrorState } from "@/components/layout/error-state";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";

/** A screen that could not be drawn. The digest is what the server logged it under. */
export default function PanelError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <>
      <PageHeader title="This page failed" />
      <PageBody padded>
        <ErrorState
          what="This page could not be shown"
          why="Something went wrong on our side while it was made."
          next="Try again. If it stays, quote the id below to whoever runs this monitor."
          requestId={error.digest}
          onRetry={reset}
        />
      </PageBody>
    </>
  );
}
