"use client";

import { useRef } from "react";
import { useShortcuts } from "@/components/layout/use-shortcuts";

/** Marks the link that stands for its row. */
export const rowLink = { "data-row-link": "" } as const;

/** j and k walk the rows of the box the ref is on; enter opens, since the focus is on the row's own link. */
export function useRowKeys<E extends HTMLElement>(group: string) {
  const box = useRef<E>(null);
  function move(step: 1 | -1) {
    const links = [...(box.current?.querySelectorAll<HTMLElement>("[data-row-link]") ?? [])];
    const at = links.findIndex((link) => link.closest("[data-row]")?.contains(document.activeElement));
    const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }
  useShortcuts([
    { keys: "j", label: "Next row", group, run: () => move(1) },
    { keys: "k", label: "Previous row", group, run: () => move(-1) },
  ]);
  return box;
}
