"use client";

import { type RefObject, useRef, useState } from "react";

/**
 * Gives the focus back to what opened a dialog. Radix does it for a trigger alone, and most dialogs here are opened by
 * state: without this, closing one leaves the keyboard at the top of the page. A dialog that knows better says so itself,
 * by `onCloseAutoFocus` and `preventDefault`.
 */
export function useFocusReturn(own: ((event: Event) => void) | undefined) {
  const opener = useRef<HTMLElement | null>(null);
  function onCloseAutoFocus(event: Event) {
    own?.(event);
    if (event.defaultPrevented) return;
    // What opened it may be gone with what the dialog did: the content goes on from its beginning then.
    const next = opener.current?.isConnected ? opener.current : document.getElementById("main");
    if (!opener.current || !next) return;
    event.preventDefault();
    next.focus();
  }
  return { opener, onCloseAutoFocus };
}

/** Inside the content. Looks while it is first drawn: a field with autoFocus takes the focus before any effect runs. */
export function RememberOpener({ opener }: { opener: RefObject<HTMLElement | null> }) {
  useState(() => {
    const focused = document.activeElement;
    // A menu's item goes with its menu; what opened the menu stays.
    const menu = focused?.closest("[role=menu]")?.getAttribute("aria-labelledby");
    const from = menu ? document.getElementById(menu) : focused;
    opener.current = from instanceof HTMLElement && from !== document.body ? from : null;
  });
  return null;
}
