"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { LogPreviewWire, PreviewLogSourceWire } from "@/lib/contracts/log-source";
import { logPreviewQuery } from "@/lib/queries/log-sources";

export type LivePreview = {
  /** The newest there is for this file, also while a later one is asked for or was refused. */
  preview: LogPreviewWire | undefined;
  error: Error | null;
  /** What is shown is of settings that were changed since. */
  old: boolean;
  again: () => void;
};

const pauseMs = 450;
const nothing: PreviewLogSourceWire = { workspace_root: "", path: "/" };

/** The file as the watcher sees it with these settings; asked for again half a second after they last changed. */
export function useLogPreview(request: PreviewLogSourceWire | null): LivePreview {
  const text = JSON.stringify(request);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const wanted = JSON.parse(settled) as PreviewLogSourceWire | null;
  const answer = useQuery({ ...logPreviewQuery(wanted ?? nothing), enabled: wanted !== null });

  const [good, setGood] = useState<{ path: string; preview: LogPreviewWire } | null>(null);
  if (wanted && answer.data && good?.preview !== answer.data) {
    setGood({ path: wanted.path, preview: answer.data });
  }
  // The lines stay while a setting is tried; those of another file never stand for this one.
  const preview = answer.data ?? (good !== null && good.path === wanted?.path ? good.preview : undefined);
  return {
    preview,
    error: answer.error,
    old: settled !== text || answer.isFetching || preview !== answer.data,
    again: () => void answer.refetch(),
  };
}
