"use client";

import { CornerLeftUp, File, Folder, Lock } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { RelativeTime } from "@/components/layout/relative-time";
import { cn } from "@/components/ui/cn";
import type { BrowsedFolderWire } from "@/lib/contracts/log-source";
import { byteWords } from "./byte-words";
import { refusalWords } from "./refusal-words";
import { useListKeys } from "./use-list-keys";

type Entry = BrowsedFolderWire["entries"][number];
type Row = Entry | { kind: "up"; name: string; path: string };

type FileListProps = {
  entries: readonly Entry[];
  folder: string;
  file: string;
  /** To the folder above; null at the top. */
  up: (() => void) | null;
  onOpen: (folder: string) => void;
  onChoose: (file: string, goOn: boolean) => void;
};

/** The entries of one folder as a list box: arrows move, Enter opens or takes, left goes up, letters jump. */
export function FileList({ entries, folder, file, up, onOpen, onChoose }: FileListProps) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const rows: Row[] = up ? [{ kind: "up", name: "..", path: "" }, ...entries] : [...entries];
  function act(row: Row, goOn: boolean) {
    if (row.kind === "up") up?.();
    else if (row.kind === "directory") onOpen(row.path);
    else if (row.kind === "file") onChoose(row.path, goOn);
  }
  const { active, setActive, onKeyDown } = useListKeys({
    rows,
    nameOf: (row) => row.name,
    onEnter: (row) => act(row, true),
    onRight: (row) => row.kind === "directory" && onOpen(row.path),
    onUp: () => up?.(),
  });
  // A folder that was entered by keys is gone on in by keys.
  useEffect(() => box.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [id, active]);
  return (
    <>
      <div
        ref={box}
        role="listbox"
        tabIndex={0}
        aria-label={folder === "" ? "Files" : `Files in ${folder}`}
        aria-activedescendant={rows.length > 0 ? `${id}-${active}` : undefined}
        onKeyDown={onKeyDown}
        className="relative group min-h-48 flex-1 overflow-y-auto rounded-md border border-input bg-card py-1"
      >
        {rows.map((row, at) => (
          <div
            key={`${row.kind} ${row.name}`}
            id={`${id}-${at}`}
            role="option"
            aria-selected={row.kind === "file" && row.path === file}
            aria-disabled={row.kind === "refused" || undefined}
            onClick={() => {
              setActive(at);
              act(row, false);
            }}
            onDoubleClick={() => act(row, true)}
            className={cn(
              "grid cursor-pointer grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-x-2 px-2.5 py-1 touch:min-h-11",
              "hover:bg-muted aria-selected:bg-accent aria-selected:font-medium",
              at === active &&
                "group-focus-visible:-outline-offset-2 group-focus-visible:outline-2 group-focus-visible:outline-ring",
              row.kind === "refused" && "cursor-not-allowed text-muted-foreground hover:bg-transparent",
            )}
          >
            <EntryWords row={row} />
          </div>
        ))}
      </div>
      {entries.length === 0 ? (
        <p className="text-12 text-muted-foreground">Nothing is in this folder.</p>
      ) : null}
    </>
  );
}

const icons = { up: CornerLeftUp, directory: Folder, file: File, refused: Lock };

function EntryWords({ row }: { row: Row }) {
  const Icon = icons[row.kind];
  return (
    <>
      <Icon aria-hidden className="size-4 text-muted-foreground" />
      <span className="min-w-0 truncate">
        {row.kind === "up" ? "Up one folder" : row.name}
        {row.kind === "directory" ? <span className="sr-only">, folder</span> : null}
        {row.kind === "refused" ? (
          <span className="text-12">
            {" "}
            ({row.refused_because ? refusalWords[row.refused_because] : "it cannot be chosen"})
          </span>
        ) : null}
      </span>
      {row.kind === "file" ? (
        <span className="text-12 text-muted-foreground">
          {row.size === null ? null : byteWords(row.size)}
          {row.modified_at_ms === null ? null : (
            <>
              , written <RelativeTime value={row.modified_at_ms} />
            </>
          )}
        </span>
      ) : (
        <span />
      )}
    </>
  );
}
