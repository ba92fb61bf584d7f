"use client";

import { useShortcuts } from "@/components/layout/use-shortcuts";
import { useDraftQueue } from "./draft-queue";

const wide = "(min-width: 80rem)";

/** j and k open the neighbour where draft and queue stand side by side; on the list alone they walk its rows. */
export function QueueKeys() {
  const queue = useDraftQueue();
  function move(by: 1 | -1) {
    if (queue.selectedId || window.matchMedia(wide).matches) queue.step(by);
    else focusRow(by);
  }
  useShortcuts([
    { keys: "j", label: "Next draft", group: "Drafts", run: () => move(1) },
    { keys: "k", label: "Previous draft", group: "Drafts", run: () => move(-1) },
    {
      keys: "enter",
      label: "Open the draft in focus, or the first",
      group: "Drafts",
      run: () => queue.selectedId || queue.step(1),
    },
    { keys: "/", label: "Search the drafts", group: "Drafts", run: focusSearch },
  ]);
  return null;
}

function visible(selector: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)].filter((each) => each.offsetParent !== null);
}

function focusRow(by: 1 | -1) {
  const links = visible("[data-draft-row]");
  const at = links.findIndex((link) => link === document.activeElement);
  const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

/** Where the list is a drawer, its button opens it and the search takes the focus there. */
function focusSearch() {
  const search = visible("[data-draft-search] input")[0];
  if (search) search.focus();
  else visible("[data-draft-drawer]")[0]?.click();
}
