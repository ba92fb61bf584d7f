"use client";

import { useCallback, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function read(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** A few letters kept in this browser; null on the server, where nothing is kept yet and where storage is closed. */
export function useStoredText(key: string): [string | null, (value: string) => void] {
  const stored = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  );
  const set = useCallback(
    (value: string) => {
      try {
        window.localStorage.setItem(key, value);
      } catch {
        // Storage is closed: the choice holds for nothing, but nothing breaks.
      }
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [stored, set];
}
