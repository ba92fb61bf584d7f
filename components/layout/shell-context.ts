"use client";

import { createContext, useContext } from "react";
import type { NavId } from "./nav-items";

export type ShellUser = { name: string; email?: string; role: string; scope?: string };

/** The stream behind the page. `stale` and `connecting` may say since when. */
export type LiveState =
  | { status: "live"; at?: string | number }
  | { status: "connecting" }
  | { status: "stale"; since: string | number };

/** `hot`: it waits for this person. */
export type NavCount = { value: number; hot?: boolean };
export type NavCounts = Partial<Record<NavId, NavCount>>;

export type MonitorState = { status: "running" | "paused" | "disabled" | "unknown"; version?: string };

export type ShellContextValue = {
  user: ShellUser;
  live: LiveState | undefined;
  openNav: () => void;
  openSearch: () => void;
  openHelp: () => void;
};

export const ShellContext = createContext<ShellContextValue | null>(null);

/** `null` outside the shell (sign-in, a test). */
export function useShell(): ShellContextValue | null {
  return useContext(ShellContext);
}
