"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef } from "react";
import { matchesKeys } from "./shortcut-keys";
import { useStoredFlag } from "./use-stored-flag";

export type Shortcut = {
  /** "j", "?", "enter", "mod+k". */
  keys: string;
  label: string;
  /** Heading in the help dialog. */
  group?: string;
  run?: () => void;
  disabled?: boolean;
  /** Works while typing; only for `mod+` keys. */
  whileTyping?: boolean;
  /** `dialog`: only while a dialog is open. Keys of the page rest under dialogs and menus. */
  scope?: "page" | "dialog";
};

type Registry = {
  register: (id: string, shortcuts: readonly Shortcut[]) => () => void;
  /** What is bound now, for the help dialog. */
  list: () => Shortcut[];
  enabled: boolean;
  setEnabled: (enabled: boolean) => void;
};

const ShortcutContext = createContext<Registry | null>(null);

export function useShortcutRegistry(): Registry | null {
  return useContext(ShortcutContext);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.matches("input, textarea, select, [role=combobox], [role=textbox]")
  );
}

function overlayIsOpen(): boolean {
  return (
    document.querySelector(
      "[role=dialog][data-state=open], [role=alertdialog][data-state=open], [role=menu]",
    ) !== null
  );
}

/** Where the key was pressed, inside a custom element too. */
const targetOf = (event: KeyboardEvent): EventTarget | null => event.composedPath()[0] ?? event.target;

/** A button or link under the focus keeps its own Enter and Space. */
function belongsToFocus(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" && event.key !== " ") return false;
  const target = targetOf(event);
  return target instanceof HTMLElement && target.matches("a, button, summary, [role=button], [role=tab]");
}

/** One listener for the page. The latest registration of a key wins; single keys can be switched off (WCAG 2.1.4). */
export function ShortcutProvider({ children }: { children: ReactNode }) {
  const bindings = useRef(new Map<string, readonly Shortcut[]>());
  const [enabled, setEnabled] = useStoredFlag("incident-monitor.single-keys", true);

  const register = useCallback((id: string, shortcuts: readonly Shortcut[]) => {
    bindings.current.delete(id);
    bindings.current.set(id, shortcuts);
    return () => {
      bindings.current.delete(id);
    };
  }, []);

  const list = useCallback(() => {
    const byKeys = new Map<string, Shortcut>();
    for (const shortcuts of bindings.current.values()) {
      for (const shortcut of shortcuts) byKeys.set(shortcut.keys, shortcut);
    }
    return [...byKeys.values()];
  }, []);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing || belongsToFocus(event)) return;
      const found = list().find((shortcut) => matchesKeys(shortcut.keys, event));
      if (!found?.run) return;
      const isSingle = !found.keys.startsWith("mod+");
      if (isSingle && !enabled) return;
      if (!found.whileTyping && isTyping(targetOf(event))) return;
      if (overlayIsOpen() !== (found.scope === "dialog")) return;
      event.preventDefault();
      if (!found.disabled) found.run();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [enabled, list]);

  const registry = useMemo(
    () => ({ register, list, enabled, setEnabled }),
    [register, list, enabled, setEnabled],
  );
  return <ShortcutContext value={registry}>{children}</ShortcutContext>;
}
