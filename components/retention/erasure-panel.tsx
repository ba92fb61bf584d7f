"use client";

import { useState } from "react";
import { Section } from "@/components/layout/section";
import { Button } from "@/components/ui/button";
import type { ConfigWire } from "@/lib/contracts/config";
import { EraseDialog } from "./erase-dialog";

/** Forgetting before its time: an incident, a project, a log source, or what names a person. */
export function ErasurePanel({ config, canEdit }: { config: ConfigWire; canEdit: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <Section title="Forget on request">
      <p className="max-w-160 text-muted-foreground">
        Erases texts now, whatever the profile says: of one incident, of a project or log source, or of every
        incident that names a person. First it shows what would go; a hold refuses it.
      </p>
      {canEdit ? (
        <Button variant="outline" size="sm" className="w-fit touch:h-11" onClick={() => setOpen(true)}>
          Forget something…
        </Button>
      ) : (
        <p className="text-12 text-muted-foreground">Forgetting needs the admin role.</p>
      )}
      {open ? <EraseDialog config={config} onClose={() => setOpen(false)} /> : null}
    </Section>
  );
}
