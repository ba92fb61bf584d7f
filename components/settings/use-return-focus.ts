"use client";

import { useRef } from "react";

/**
 * For the content of a dialog or sheet that has no trigger of its own: where the focus goes when it closes. Back to what
 * opened it; when that is gone or cannot take it any more, to the page's History button, which always can.
 */
export function useReturnFocus() {
  const opener = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      opener.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      const candidates = [opener.current, ...document.querySelectorAll("[data-settings-history]")];
      candidates.find(takesFocus)?.focus();
    },
  };
}

function takesFocus(element: Element | null): element is HTMLElement {
  if (!(element instanceof HTMLElement) || !element.isConnected || element.offsetParent === null)
    return false;
  return (
    element !== document.body && element.getAttribute("role") !== "menuitem" && !element.matches(":disabled")
  );
}
