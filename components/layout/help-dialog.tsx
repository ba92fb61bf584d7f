"use client";

import Link from "next/link";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { Label } from "@/components/ui/label";
import { Switch } from "@/components/ui/switch";
import { apiReferencePath } from "@/lib/paths";
import { keyCaps } from "./shortcut-keys";
import { type Shortcut, useShortcutRegistry } from "./shortcut-provider";

type HelpDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

function grouped(shortcuts: readonly Shortcut[]): [string, Shortcut[]][] {
  const groups = new Map<string, Shortcut[]>();
  for (const shortcut of shortcuts) {
    const name = shortcut.group ?? "This page";
    groups.set(name, [...(groups.get(name) ?? []), shortcut]);
  }
  return [...groups];
}

/** `?`: every key that works on this page, as it is bound right now. */
export default function HelpDialog({ open, onOpenChange }: HelpDialogProps) {
  const registry = useShortcutRegistry();
  // Read only while open, which never happens on the server.
  const isApple = open && /Mac|iPhone|iPad/.test(navigator.userAgent);
  const groups = open && registry ? grouped(registry.list()) : [];
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="md">
        <DialogHeader>
          <DialogTitle>Keys</DialogTitle>
          <DialogDescription>
            What works on this page. Everything is reachable with Tab and Enter too.
          </DialogDescription>
        </DialogHeader>
        {/* Words alone hold no place for the keyboard, and in a low window they have to be scrolled. */}
        <DialogBody
          role="region"
          aria-label="Keys of this page"
          tabIndex={0}
          className="grid gap-x-8 gap-y-5 focus-visible:-outline-offset-2 sm:grid-cols-2"
        >
          {groups.map(([name, shortcuts]) => (
            <section key={name} className="min-w-0">
              <h3 className="section-head mb-1">{name}</h3>
              <dl>
                {shortcuts.map((shortcut) => (
                  <div
                    key={shortcut.keys}
                    className="flex h-8 items-center gap-3 border-b border-border last:border-b-0"
                  >
                    <dt className="min-w-0 flex-1 truncate">{shortcut.label}</dt>
                    <dd className="flex gap-1">
                      {keyCaps(shortcut.keys, isApple).map((cap) => (
                        <Kbd key={cap}>{cap}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </DialogBody>
        {registry ? (
          <div className="flex flex-none flex-wrap items-center gap-x-2 gap-y-1 border-t border-border px-4 py-3 sm:px-5">
            <Switch id="single-keys" checked={registry.enabled} onCheckedChange={registry.setEnabled} />
            <Label htmlFor="single-keys">Single-key shortcuts</Label>
            <span className="text-12 text-muted-foreground">When off, only keys with ctrl work.</span>
            <Link
              href={apiReferencePath()}
              onClick={() => onOpenChange(false)}
              className="link ml-auto text-12"
            >
              API reference
            </Link>
          </div>
        ) : null}
      </DialogContent>
    </Dialog>
  );
}
