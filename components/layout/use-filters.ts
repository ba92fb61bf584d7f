"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";

export type Filters<F> = {
  /** Narrows by what is given; an undefined value takes that filter off. */
  set: (change: Partial<F>) => void;
  clear: () => void;
  pending: boolean;
};

/** Filters live in the URL. The page parses them once and hands them down; a change goes back there. */
export function useFilters<F extends object>(filters: F, pathOf: (filters: F) => string): Filters<F> {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const go = (next: F) => startTransition(() => router.replace(pathOf(next), { scroll: false }));
  return {
    set: (change) => go({ ...filters, ...change }),
    clear: () => go({} as F),
    pending,
  };
}
