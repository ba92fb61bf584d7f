"use client";

import { useSyncExternalStore } from "react";
import { type Density, densityCookie, parseDensity } from "./density";

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function setDensity(density: Density) {
  document.documentElement.dataset.density = density;
  document.cookie = `${densityCookie}=${density}; path=/; max-age=31536000; samesite=lax`;
  for (const listener of listeners) listener();
}

/** The row height in use: 28, 36 or 44 px. */
export function useDensity(): [Density, (density: Density) => void] {
  const density = useSyncExternalStore<Density>(
    subscribe,
    () => parseDensity(document.documentElement.dataset.density),
    () => "default",
  );
  return [density, setDensity];
}
