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

/** A yes or no kept in this browser; the fallback while rendering on the server and where storage is closed. */
export function useStoredFlag(key: string, fallback: boolean): [boolean, (value: boolean) => void] {
  const stored = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  );
  const set = useCallback(
    (value: boolean) => {
      try {
        window.localStorage.setItem(key, value ? "1" : "0");
      } catch {
        // Storage is closed: the choice holds for nothing, but nothing breaks.
      }
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [stored === null ? fallback : stored === "1", set];
}
