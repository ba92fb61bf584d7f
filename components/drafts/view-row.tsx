"use client";

import { useState } from "react";
import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { notifyFailure } from "@/components/layout/notify-failure";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { SavedViewWire, UpdateSavedViewWire } from "@/lib/contracts/saved-view";
import type { DraftFilters } from "@/lib/queries/drafts";
import { useNames } from "@/lib/queries/names";
import { useDeleteView, useUpdateView } from "@/lib/queries/saved-views";
import { isSameList } from "./draft-filters";
import { listInWords } from "./list-words";
import { submitWith } from "./submit-keys";

type ViewRowProps = { view: SavedViewWire; filters: DraftFilters };

/** One view: what it shows, whose it is, and what may be done with it. Deleting asks first, in its place. */
export function ViewRow({ view, filters }: ViewRowProps) {
  const [mode, setMode] = useState<"rename" | "delete" | null>(null);
  const [name, setName] = useState(view.name);
  const names = useNames();
  const update = useUpdateView();
  const remove = useDeleteView();
  const announce = useAnnounce();
  const change = (wish: UpdateSavedViewWire, words: string) =>
    update.mutate({ view_id: view.view_id, ...wish }, { onSuccess: () => announce(words) });
  // Deleted, the row is gone before the answer: what is said of it must outlive it.
  const deleteIt = () =>
    remove.mutateAsync(view.view_id).then(
      () => announce(`${view.name} is deleted.`),
      (error: Error) => notifyFailure(`${view.name} is still there`, error),
    );
  function rename() {
    if (name.trim() !== "" && name !== view.name) change({ name }, `Renamed to ${name}.`);
    setMode(null);
  }
  const error = update.error;
  return (
    <li className="flex flex-col gap-1.5 border-b border-border py-3 last:border-b-0">
      {mode === "rename" ? (
        <form className="flex gap-2" onSubmit={submitWith(rename)}>
          <Input
            autoFocus
            aria-label={`New name of ${view.name}`}
            size="sm"
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit" size="sm">
            Rename
          </Button>
        </form>
      ) : (
        <p className="flex items-baseline gap-2">
          <b className="min-w-0 truncate font-medium">{view.name}</b>
          <span className="text-12 text-muted-foreground">
            {view.default ? "opens first, " : ""}
            {view.shared ? `shared by ${view.owner.name}` : "yours alone"}
          </span>
        </p>
      )}
      <p className="text-12 break-words text-muted-foreground">{listInWords(view.query, names)}</p>
      {error ? <ActionFailure what="Not changed." error={error} /> : null}
      {mode === "delete" ? (
        <p className="flex flex-wrap items-center gap-2">
          {view.shared ? "Delete it for everybody?" : "Delete it?"}
          <Button
            size="xs"
            variant="destructive-fill"
            pending={remove.isPending}
            onClick={() => void deleteIt()}
          >
            Delete
          </Button>
          <Button size="xs" autoFocus onClick={() => setMode(null)}>
            Keep it
          </Button>
        </p>
      ) : (
        <div className="flex flex-wrap gap-1">
          <Button
            size="xs"
            className="touch:h-9"
            onClick={() =>
              change({ default: !view.default }, view.default ? "Opens first no more." : "Opens first.")
            }
          >
            {view.default ? "Do not open with it" : "Open with it"}
          </Button>
          {view.may_change ? (
            <>
              <Button size="xs" className="touch:h-9" onClick={() => setMode("rename")}>
                Rename
              </Button>
              {isSameList(view.query, filters) ? null : (
                <Button
                  size="xs"
                  className="touch:h-9"
                  title={listInWords(filters, names)}
                  onClick={() => change({ query: filters }, `${view.name} shows the present list.`)}
                >
                  Set to this list
                </Button>
              )}
              <Button
                size="xs"
                className="touch:h-9"
                onClick={() => change({ shared: !view.shared }, view.shared ? "Yours alone." : "Shared.")}
              >
                {view.shared ? "Stop sharing" : "Share"}
              </Button>
              <Button size="xs" variant="destructive" className="touch:h-9" onClick={() => setMode("delete")}>
                Delete
              </Button>
            </>
          ) : null}
        </div>
      )}
    </li>
  );
}
