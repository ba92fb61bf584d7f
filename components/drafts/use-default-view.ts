"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { DraftFilters } from "@/lib/queries/drafts";
import { savedViewsQuery } from "@/lib/queries/saved-views";

/** Opens the queue with the reader's default view, once, where the address asks for nothing in particular. */
export function useDefaultView(asksForNothing: boolean, show: (filters: DraftFilters) => void): void {
  const views = useQuery(savedViewsQuery()).data;
  const settled = useRef(!asksForNothing);
  useEffect(() => {
    if (settled.current || !views) return;
    settled.current = true;
    const view = views.find((each) => each.default);
    if (view) show(view.query);
  }, [views, show]);
}
