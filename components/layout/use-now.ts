"use client";

import { useSyncExternalStore } from "react";

/** One timer per pace for the whole page, however many times are shown. */
function clockStore(everyMs: number) {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let now = 0;
  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      timer ??= setInterval(() => {
        now = Date.now();
        for (const notify of listeners) notify();
      }, everyMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) {
          clearInterval(timer);
          timer = undefined;
          now = 0;
        }
      };
    },
    read() {
      if (now === 0) now = Date.now();
      return now;
    },
    catchUp() {
      now = Date.now();
      for (const notify of listeners) notify();
    },
  };
}

const stores = { second: clockStore(1000), halfMinute: clockStore(30_000) };

const readNothing = () => null;

/** The present time, `null` while rendering on the server and during hydration. */
export function useNow(pace: keyof typeof stores = "halfMinute"): number | null {
  const store = stores[pace];
  return useSyncExternalStore<number | null>(store.subscribe, store.read, readNothing);
}

/** Something newer than the shared clock came in: without this it would be told as the future for up to 30 s. */
export function catchUpNow(): void {
  for (const store of Object.values(stores)) store.catchUp();
}
