"use client";

import { useShortcuts } from "./use-shortcuts";

/** The keys that work on every screen. A page may take `/` for its own search field. */
export function ShellShortcuts({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  useShortcuts([
    { keys: "/", label: "Search", group: "Everywhere", run: onSearch },
    { keys: "mod+k", label: "Search and commands", group: "Everywhere", run: onSearch, whileTyping: true },
    { keys: "?", label: "This list", group: "Everywhere", run: onHelp },
  ]);
  return null;
}
