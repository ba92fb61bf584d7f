"use client";

import { CopyApiCall } from "@/components/layout/copy-api-call";
import { EmptyState } from "@/components/layout/empty-state";
import { HintBar } from "@/components/layout/hint-bar";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { api } from "@/lib/paths";
import { useDraftQueue } from "./draft-queue";

/** Beside the queue while no draft is open. */
export function NoSelection() {
  const { rows, step, filters } = useDraftQueue();
  return (
    <>
      <PageHeader />
      <PageBody className="flex">
        {rows.length > 0 ? (
          <EmptyState
            title="Choose a draft"
            actions={
              <Button variant="default" kbd="j" onClick={() => step(1)}>
                Open the first
              </Button>
            }
          >
            What is known about it, what would leave and the decision between them show here.
          </EmptyState>
        ) : null}
      </PageBody>
      <HintBar
        hints={[
          { keys: ["j", "k"], label: "next, previous" },
          { keys: ["/"], label: "search" },
          { keys: ["?"], label: "all keys" },
        ]}
      >
        <CopyApiCall path={api.drafts(filters)} />
      </HintBar>
    </>
  );
}
