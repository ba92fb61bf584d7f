"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { ConfirmDialog } from "./confirm-dialog";

type UnsavedGuardProps = { dirty: boolean; changes: string; onDiscard: () => void };

/**
 * Asks before unsaved changes are left behind: the browser's own question when the tab closes, ours when a link leads
 * to another screen. Ways no page can ask about (Back, the palette) keep the changes in the tab instead.
 */
export function UnsavedGuard({ dirty, changes, onDiscard }: UnsavedGuardProps) {
  const router = useRouter();
  const [target, setTarget] = useState<string | null>(null);

  useEffect(() => {
    if (!dirty) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const href = leavingHref(event);
      if (href === null) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(href);
    };
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, true);
    };
  }, [dirty]);

  return (
    <ConfirmDialog
      open={target !== null}
      onOpenChange={(open) => {
        if (!open) setTarget(null);
      }}
      title="Leave without saving?"
      cancel="Stay here"
      confirm="Discard and leave"
      onConfirm={() => {
        onDiscard();
        if (target) router.push(target);
      }}
    >
      <p>{changes} on this page would be lost. Nothing of it has taken effect.</p>
    </ConfirmDialog>
  );
}

/** The other screen of this product a plain click leads to; null for anything that stays here or opens a new tab. */
function leavingHref(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target === "_blank" || link.hasAttribute("download")) {
    return null;
  }
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.pathname === location.pathname) return null;
  return url.pathname + url.search + url.hash;
}
