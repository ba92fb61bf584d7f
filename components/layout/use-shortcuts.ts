"use client";

import { useEffect, useId, useRef } from "react";
import { type Shortcut, useShortcutRegistry } from "./shortcut-provider";

export type { Shortcut } from "./shortcut-provider";

/** Binds keys while the component is mounted and lists them in the `?` help. The array may be new on every render. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const id = useId();
  const registry = useShortcutRegistry();
  const latest = useRef(shortcuts);
  const register = registry?.register;
  const shape = shortcuts.map((shortcut) => shortcut.keys).join(" ");

  useEffect(() => {
    latest.current = shortcuts;
  });

  useEffect(() => {
    if (!register) return;
    const keys = shape === "" ? [] : shape.split(" ");
    // Getters: the registration keeps its place in the order while labels and actions follow the last render.
    const live = keys.map((key, index) => ({
      keys: key,
      get label() {
        return latest.current[index]?.label ?? "";
      },
      get group() {
        return latest.current[index]?.group;
      },
      get disabled() {
        return latest.current[index]?.disabled;
      },
      get whileTyping() {
        return latest.current[index]?.whileTyping;
      },
      get scope() {
        return latest.current[index]?.scope;
      },
      run: () => latest.current[index]?.run?.(),
    }));
    return register(id, live);
  }, [id, register, shape]);
}
