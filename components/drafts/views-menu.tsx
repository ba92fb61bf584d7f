"use client";

import { useQuery } from "@tanstack/react-query";
import { Bookmark, Check, Users } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { FilterButton } from "@/components/ui/filter-button";
import { savedViewsQuery } from "@/lib/queries/saved-views";
import { sessionQuery } from "@/lib/queries/session";
import { isSameList } from "./draft-filters";
import { useDraftQueue } from "./draft-queue";

/** Seldom asked for: they come when they are. */
const SaveViewDialog = dynamic(() => import("./save-view-dialog"), { ssr: false });
const ManageViewsDialog = dynamic(() => import("./manage-views-dialog"), { ssr: false });

/** Saved views: which one this list is, the others, and what can be done about them. */
export function ViewsMenu() {
  const { filters, showList } = useDraftQueue();
  const views = useQuery(savedViewsQuery()).data ?? [];
  const myId = useQuery(sessionQuery()).data?.actor.id;
  const [dialog, setDialog] = useState<"save" | "manage" | null>(null);
  const here = views.find((view) => isSameList(view.query, filters));
  const everything = isSameList({}, filters);
  const close = () => setDialog(null);
  return (
    <>
      <DropdownMenu modal={false}>
        <DropdownMenuTrigger asChild>
          <FilterButton active={here !== undefined} className="max-w-40">
            <Bookmark aria-hidden className="size-3 flex-none" />
            <span className="sr-only">View: </span>
            <span className="truncate">{here?.name ?? "Views"}</span>
          </FilterButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" className="max-w-72">
          <DropdownMenuItem onSelect={() => showList({})}>
            <Tick on={everything} />
            All drafts
          </DropdownMenuItem>
          {views.length > 0 ? <DropdownMenuLabel>Saved views</DropdownMenuLabel> : null}
          {views.map((view) => (
            <DropdownMenuItem key={view.view_id} onSelect={() => showList(view.query)}>
              <Tick on={view.view_id === here?.view_id} />
              <span className="min-w-0 flex-1 truncate">{view.name}</span>
              {view.default ? <span className="text-12 text-muted-foreground">opens first</span> : null}
              {view.shared ? (
                <span className="flex items-center gap-1 text-12 text-muted-foreground">
                  <Users aria-hidden className="size-3" />
                  {view.owner.id === myId ? "shared" : view.owner.name}
                </span>
              ) : null}
            </DropdownMenuItem>
          ))}
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => setDialog("save")}>Save this list…</DropdownMenuItem>
          {views.length > 0 ? (
            <DropdownMenuItem onSelect={() => setDialog("manage")}>Manage views…</DropdownMenuItem>
          ) : null}
        </DropdownMenuContent>
      </DropdownMenu>
      {dialog === "save" ? <SaveViewDialog filters={filters} onClose={close} /> : null}
      {dialog === "manage" ? <ManageViewsDialog views={views} filters={filters} onClose={close} /> : null}
    </>
  );
}

function Tick({ on }: { on: boolean }) {
  return (
    <span className="grid size-3.5 flex-none place-items-center">
      {on ? (
        <>
          <Check aria-hidden className="size-3.5" />
          <span className="sr-only">shown now: </span>
        </>
      ) : null}
    </span>
  );
}
