"use client";

import { createContext, type ReactNode, useContext } from "react";

const TimeZone = createContext("UTC");

/** All exact times of the screen are in this zone, and the bar says so. UTC unless the shell chooses another. */
export function TimeZoneProvider({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  return <TimeZone value={timeZone}>{children}</TimeZone>;
}

export function useTimeZone(): string {
  return useContext(TimeZone);
}
