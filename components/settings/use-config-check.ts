"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { ConfigPatchWire } from "@/lib/contracts/config";
import { ApiError } from "@/lib/queries/api-error";
import { type ConfigCheck, configCheckQuery } from "@/lib/queries/config";

export type LiveCheck = ConfigCheck & {
  /** Fits what is in the form now, not what was a moment ago. */
  current: boolean;
  /** The server did not check: offline, or a version that somebody replaced. */
  failed: boolean;
};

const pauseMs = 450;
const nothing: ConfigCheck = { errors: [], warnings: [] };

/**
 * Asks the server, half a second after the last keystroke, what saving would find. Writes nothing. Without changes it
 * says what there is to know of the saved configuration.
 */
export function useConfigCheck(
  patch: ConfigPatchWire,
  expectedUpdatedAtMs: number,
  enabled: boolean,
): LiveCheck {
  const text = JSON.stringify(patch);
  const [settled, setSettled] = useState({ text, patch });
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ text, patch: JSON.parse(text) as ConfigPatchWire }), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const check = useQuery({
    ...configCheckQuery({ patch: settled.patch, expectedUpdatedAtMs }),
    enabled,
    placeholderData: (previous: ConfigCheck | undefined) => previous,
  });
  if (!enabled) return { ...nothing, current: false, failed: false };
  return {
    ...(check.data ?? nothing),
    current: settled.text === text && check.isSuccess && !check.isPlaceholderData,
    failed: check.error instanceof ApiError && check.error.status !== 409,
  };
}
