"use client";

import { useQuery } from "@tanstack/react-query";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import type { BrowsedFolderWire } from "@/lib/contracts/log-source";
import { browsedFolderQuery } from "@/lib/queries/log-sources";
import { FileList } from "./file-list";
import { FolderCrumbs } from "./folder-crumbs";
import { parentOf } from "./wizard-paths";

type FileBrowserProps = {
  root: string;
  /** The topmost folder one may go to, relative to the root. */
  base: string;
  folder: string;
  file: string;
  onOpen: (folder: string) => void;
  /** A click looks at a file, Enter takes it and goes on. */
  onChoose: (file: string, goOn: boolean) => void;
};

/** Folders and files of an allowed root, one folder at a time. What may not be chosen stands there with its reason. */
export function FileBrowser({ root, base, folder, file, onOpen, onChoose }: FileBrowserProps) {
  const listing = useQuery(browsedFolderQuery(root, folder));
  return (
    <div className="flex min-h-60 flex-1 flex-col gap-2">
      <FolderCrumbs root={root} base={base} folder={folder} onOpen={onOpen} />
      {listing.isError ? (
        <QueryFailure
          error={listing.error}
          what="This folder"
          onRetry={() => listing.refetch()}
          retrying={listing.isFetching}
          className=""
        />
      ) : !listing.data ? (
        <LoadingRows what="the folder" shape="table" count={6} />
      ) : (
        <>
          <FileList
            // Another folder begins at its top.
            key={folder}
            entries={sorted(listing.data.entries)}
            folder={folder}
            file={file}
            up={folder === base ? null : () => onOpen(parentOf(folder))}
            onOpen={onOpen}
            onChoose={onChoose}
          />
          {listing.data.truncated ? (
            <p className="text-12 text-muted-foreground">
              There are more entries than are listed here. Type the path to reach them.
            </p>
          ) : null}
        </>
      )}
    </div>
  );
}

const ranks = { directory: 0, file: 1, refused: 2 } as const;

/** Folders, files, then what cannot be chosen; each by name. */
function sorted(entries: BrowsedFolderWire["entries"]): BrowsedFolderWire["entries"] {
  return entries.toSorted(
    (one, other) =>
      ranks[one.kind] - ranks[other.kind] ||
      one.name.localeCompare(other.name, "en", { numeric: true, sensitivity: "base" }),
  );
}
