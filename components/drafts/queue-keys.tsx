"use client";

import { useShortcuts } from "@/components/layout/use-shortcuts";
import { useDraftQueue } from "./draft-queue";
import { ranged, toggled } from "./draft-selection";

const wide = "(min-width: 80rem)";

/** j and k open the neighbour where draft and queue stand side by side; on the list alone they walk its rows. */
export function QueueKeys() {
  const queue = useDraftQueue();
  function move(by: 1 | -1) {
    if (queue.selectedId || window.matchMedia(wide).matches) queue.step(by);
    else focusRow(by);
  }
  function mark(range: boolean) {
    const row = document.activeElement?.closest("[data-draft-row]")?.getAttribute("data-draft-row");
    const draftId = row ?? queue.selectedId;
    if (draftId) queue.mark((now, order) => (range ? ranged(now, draftId, order) : toggled(now, draftId)));
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
    { keys: "x", label: "Mark the draft", group: "Drafts", run: () => mark(false) },
    { keys: "shift+x", label: "Mark up to the draft", group: "Drafts", run: () => mark(true) },
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
  const next = at < 0 ? links.find(isInSight) : links[Math.min(links.length - 1, Math.max(0, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

/** The page holds some rows above and below those that are seen. */
function isInSight(link: HTMLElement): boolean {
  const pane = link.closest("ol")?.parentElement?.getBoundingClientRect();
  return pane === undefined || link.getBoundingClientRect().top >= pane.top - 1;
}

/** Where the list is a drawer, its button opens it and the search takes the focus there. */
function focusSearch() {
  const search = visible("[data-draft-search] input")[0];
  if (search) search.focus();
  else visible("[data-draft-drawer]")[0]?.click();
}
