"use client";

import { useCallback } from "react";
import { useStoredText } from "./use-stored-text";

/** A yes or no kept in this browser; the fallback while rendering on the server and where storage is closed. */
export function useStoredFlag(key: string, fallback: boolean): [boolean, (value: boolean) => void] {
  const [stored, setStored] = useStoredText(key);
  const set = useCallback((value: boolean) => setStored(value ? "1" : "0"), [setStored]);
  return [stored === null ? fallback : stored === "1", set];
}
