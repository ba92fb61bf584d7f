"use client";

import { useEffect, useRef } from "react";

/** The setting that the address names; null for none, and where there is no address. */
export function namedSetting(): string | null {
  return typeof location === "undefined" ? null : new URL(location.href).searchParams.get("field");
}

/** Once the settings are there, the one that the address names is unfolded, brought into view and given the focus. */
export function useNamedSetting(ready: boolean): void {
  const done = useRef(false);
  useEffect(() => {
    if (!ready || done.current) return;
    done.current = true;
    const field = namedSetting();
    const box = field && document.querySelector<HTMLElement>(`[data-setting="${CSS.escape(field)}"]`);
    if (!box) return;
    for (const fold of box.querySelectorAll("details")) fold.open = true;
    const control = box.querySelector<HTMLElement>("button, input, select, textarea");
    control?.focus({ preventScroll: true });
    control?.scrollIntoView({ block: "center" });
  }, [ready]);
}
