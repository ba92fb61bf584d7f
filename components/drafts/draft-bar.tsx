"use client";

import { ChevronDown, ChevronUp, PanelLeft } from "lucide-react";
import Link from "next/link";
import { totalWords } from "@/components/layout/list-foot";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { draftsPath, incidentPath } from "@/lib/paths";
import { useDraftQueue } from "./draft-queue";
import { shortId } from "./draft-words";

type DraftBarProps = { draftId: string; incidentId?: string; onOpenList: () => void };

/** The top bar of a draft: which one, of which incident, and its neighbours in the queue. */
export function DraftBar({ draftId, incidentId, onOpenList }: DraftBarProps) {
  const { filters, selectedIndex, rows, total, step } = useDraftQueue();
  return (
    <PageHeader
      backHref={draftsPath(filters)}
      backLabel="Back to the drafts"
      crumbs={[
        {
          label: (
            <span className="flex items-center gap-1.5 font-normal text-muted-foreground">
              <Button
                data-draft-drawer
                variant="ghost"
                size="icon-sm"
                aria-label="Show the queue"
                title="Show the queue"
                className="-ml-2 max-md:hidden xl:hidden"
                onClick={onOpenList}
              >
                <PanelLeft aria-hidden />
              </Button>
              <span title={draftId} className="flex items-baseline gap-1 max-md:flex-col max-md:gap-0">
                <span className="max-md:leading-4 max-md:font-semibold max-md:text-foreground">Draft</span>
                <span className="font-mono text-12 whitespace-nowrap max-md:text-11">{shortId(draftId)}</span>
              </span>
              <CopyButton value={draftId} label="Copy draft id" className="max-sm:hidden" />
              {incidentId ? (
                <span className="truncate max-sm:hidden" title={incidentId}>
                  of incident{" "}
                  <Link
                    href={incidentPath(incidentId)}
                    className="font-mono text-12 underline decoration-border-strong underline-offset-3 hover:text-foreground hover:decoration-current"
                  >
                    {shortId(incidentId)}
                  </Link>
                </span>
              ) : null}
            </span>
          ),
        },
      ]}
    >
      {selectedIndex >= 0 ? (
        <span className="text-12 whitespace-nowrap text-muted-foreground">
          {selectedIndex + 1} of {totalWords(total ?? rows.length)}
        </span>
      ) : null}
      <span className="flex">
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Previous draft"
          className="touch:size-11"
          disabled={selectedIndex <= 0}
          onClick={() => step(-1)}
        >
          <ChevronUp aria-hidden />
        </Button>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Next draft"
          className="touch:size-11"
          disabled={selectedIndex >= rows.length - 1}
          onClick={() => step(1)}
        >
          <ChevronDown aria-hidden />
        </Button>
      </span>
    </PageHeader>
  );
}
