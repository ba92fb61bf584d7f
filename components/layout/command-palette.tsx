"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import {
  Command,
  CommandDialog,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "@/components/ui/command";
import { Kbd } from "@/components/ui/kbd";
import { navGroups } from "./nav-items";
import { keyCaps } from "./shortcut-keys";
import { useShortcutRegistry } from "./shortcut-provider";

export type PaletteItem = {
  id: string;
  label: string;
  /** Words that find it besides its label. */
  keywords?: readonly string[];
  hint?: string;
  icon?: ReactNode;
  kbd?: string;
  href?: string;
  run?: () => void;
};
export type PaletteGroup = { heading: string; items: readonly PaletteItem[] };

export type CommandPaletteProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Found records and the actions of the page, before the screens. */
  groups?: readonly PaletteGroup[];
  /** Set: the groups answer to what is typed (search on the server). */
  onQueryChange?: (query: string) => void;
  searching?: boolean;
};

/** `/` or ctrl k: go anywhere, find anything, do what the page offers. */
export default function CommandPalette({
  open,
  onOpenChange,
  groups = [],
  onQueryChange,
  searching,
}: CommandPaletteProps) {
  const router = useRouter();
  const [query, setQuery] = useState("");
  const commands = usePageCommands(open);
  const screens: PaletteGroup = {
    heading: "Go to",
    items: navGroups.flatMap((group) =>
      group.items.map((item) => ({
        id: item.id,
        label: item.label,
        href: item.href,
        icon: <item.Icon aria-hidden className="text-muted-foreground" />,
      })),
    ),
  };
  function choose(item: PaletteItem) {
    onOpenChange(false);
    if (item.href) router.push(item.href);
    // Once the palette is gone: what it opens takes the focus for itself.
    if (item.run) setTimeout(item.run);
  }
  function change(next: string) {
    setQuery(next);
    onQueryChange?.(next);
  }
  return (
    <CommandDialog
      open={open}
      onOpenChange={(next) => {
        if (!next) change("");
        onOpenChange(next);
      }}
      title="Search and commands"
      description="Type to find a record or a command, arrows to move, Enter to choose."
    >
      <Command loop>
        <CommandInput value={query} onValueChange={change} placeholder="Find a record, a screen, an action" />
        <CommandList>
          <CommandEmpty>
            {searching
              ? "Searching"
              : `Nothing matches “${query}”. Ids, titles and screen names are searched.`}
          </CommandEmpty>
          {[...commands, ...groups, screens].map((group) => (
            <CommandGroup key={group.heading} heading={group.heading}>
              {group.items.map((item) => (
                <CommandItem
                  key={item.id}
                  value={`${item.id} ${item.label}`}
                  keywords={item.keywords ? [...item.keywords] : undefined}
                  onSelect={() => choose(item)}
                >
                  {item.icon}
                  <span className="truncate">{item.label}</span>
                  {item.hint ? (
                    <span className="ml-auto max-w-2/5 flex-none truncate text-12 text-muted-foreground">
                      {item.hint}
                    </span>
                  ) : null}
                  {item.kbd ? <Kbd className={item.hint ? "" : "ml-auto"}>{item.kbd}</Kbd> : null}
                </CommandItem>
              ))}
            </CommandGroup>
          ))}
        </CommandList>
      </Command>
    </CommandDialog>
  );
}

/** What the page offers now is what its keys do: each is a command here too, by its name. */
function usePageCommands(open: boolean): PaletteGroup[] {
  const registry = useShortcutRegistry();
  if (!open || !registry) return [];
  const groups = new Map<string, PaletteItem[]>();
  for (const { keys, label, group = "This page", run, disabled, scope } of registry.list()) {
    if (!run || disabled || scope === "dialog" || group === "Everywhere") continue;
    const item = { id: `key ${keys}`, label, kbd: keyCaps(keys).join(" "), run };
    groups.set(group, [...(groups.get(group) ?? []), item]);
  }
  // What concerns the record at hand comes first.
  return [...groups]
    .map(([heading, items]) => ({ heading, items }))
    .sort((one, other) => Number(other.heading.startsWith("This")) - Number(one.heading.startsWith("This")));
}
