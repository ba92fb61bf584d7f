import { type FSWatcher, statSync, watch } from "node:fs";
import { basename, dirname } from "node:path";

/** Told of changes under one path. `mode` may fall from `notified` to `polling` at any time: `onChange` is called then, too. */
export type FileWatch = { readonly mode: "notified" | "polling"; close: () => void };

export type FolderWatcher = {
  /**
   * Calls `onChange` soon after something happened to the file, at most every 20 ms. Give every folder the file may change
   * in: that of the path, and that of the file it links to. Notification is a help, never a promise: keep polling.
   */
  watch: (files: readonly string[], onChange: () => void) => FileWatch;
  close: () => void;
};

const restMs = 20;
/** How often a folder that could not be watched is tried again: it may exist by now, or the system has room again. */
const retryMs = 30_000;

type Listener = { name: string; stir: () => void };
type Folder = {
  path: string;
  listeners: Set<Listener>;
  watcher: FSWatcher | null;
  /** Of the folder that is watched: another may lie under its path by now. */
  inode: string | null;
};

/** One notification per folder for all the sources in it. */
export function watchFolders(): FolderWatcher {
  const folders = new Map<string, Folder>();
  const retry = setInterval(() => {
    for (const folder of folders.values()) if (!folder.watcher) beginWatching(folder);
  }, retryMs);
  retry.unref();

  const listen = (file: string, stir: () => void): (() => Folder) & { stop: () => void } => {
    const path = dirname(file);
    const folder = folders.get(path) ?? { path, listeners: new Set(), watcher: null, inode: null };
    const listener = { name: basename(file), stir };
    folder.listeners.add(listener);
    if (!folders.has(path)) {
      folders.set(path, folder);
      beginWatching(folder);
    }
    const stop = () => {
      folder.listeners.delete(listener);
      if (folder.listeners.size > 0) return;
      endWatching(folder);
      folders.delete(path);
    };
    return Object.assign(() => folder, { stop });
  };

  return {
    watch: (files, onChange) => {
      const { stir, rest } = throttle(onChange);
      const listening = [...new Set(files)].map((file) => listen(file, stir));
      return {
        get mode() {
          return listening.every((each) => each().watcher !== null) ? "notified" : "polling";
        },
        close: () => {
          rest();
          for (const each of listening) each.stop();
        },
      };
    },
    close: () => {
      clearInterval(retry);
      for (const folder of folders.values()) endWatching(folder);
      folders.clear();
    },
  };
}

function beginWatching(folder: Folder): void {
  try {
    folder.inode = inodeOf(folder.path);
    folder.watcher = watch(folder.path, { persistent: false }, (_, name) => hear(folder, name));
    folder.watcher.on("error", () => loseFolder(folder));
  } catch {
    folder.watcher = null;
  }
}

function endWatching(folder: Folder): void {
  folder.watcher?.close();
  folder.watcher = null;
}

function hear(folder: Folder, name: string | null): void {
  // The folder's own name is told when it is moved or deleted itself: the watch stays with what is gone.
  if (name === null || name === basename(folder.path)) {
    if (inodeOf(folder.path) !== folder.inode) return loseFolder(folder);
  }
  for (const each of folder.listeners) if (name === null || name === each.name) each.stir();
}

function loseFolder(folder: Folder): void {
  endWatching(folder);
  beginWatching(folder);
  for (const each of folder.listeners) each.stir();
}

function inodeOf(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats ? `${stats.dev}:${stats.ino}` : null;
}

/** `stir` as often as it likes, `onChange` once after each rest. */
function throttle(onChange: () => void): { stir: () => void; rest: () => void } {
  let timer: NodeJS.Timeout | null = null;
  const stir = () => {
    timer ??= setTimeout(() => {
      timer = null;
      onChange();
    }, restMs).unref();
  };
  const rest = () => {
    if (timer) clearTimeout(timer);
    timer = null;
  };
  return { stir, rest };
}
