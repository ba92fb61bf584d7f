"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { HintBar } from "@/components/layout/hint-bar";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { RoutingNav } from "@/components/routing/routing-nav";
import { Button } from "@/components/ui/button";
import type { SilenceWire } from "@/lib/contracts/silence";
import { api } from "@/lib/paths";
import { usePermission } from "@/lib/queries/session";
import { ExpireSilence } from "./expire-silence";
import { SilenceDialog } from "./silence-dialog";
import { SilenceGroup } from "./silence-group";

type Open = { what: "new" } | { what: "edit" | "expire"; silence: SilenceWire } | null;

/** What is held for a while and why; who may, makes, changes and ends them here. */
export function SilencesScreen({ selected }: { selected: string | null }) {
  const permission = usePermission("silence");
  const [open, setOpen] = useState<Open>(null);
  const group = {
    selected,
    canEdit: permission.allowed,
    onEdit: (silence: SilenceWire) => setOpen({ what: "edit", silence }),
    onExpire: (silence: SilenceWire) => setOpen({ what: "expire", silence }),
  };
  const close = () => setOpen(null);
  return (
    <>
      <PageHeader crumbs={[{ label: "Settings" }, { label: "Routing" }]} title="Silences" />
      <RoutingNav />
      <PageBody className="flex flex-col gap-6">
        <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
          <p className="max-w-160 min-w-0 flex-1 basis-60 text-muted-foreground">
            A silence holds what it matches until it ends: reports are still taken, counted and drafted, and
            nothing of them is sent meanwhile. What waits at its end flows on.
          </p>
          {permission.allowed ? (
            <Button size="sm" className="ml-auto touch:h-11" onClick={() => setOpen({ what: "new" })}>
              <Plus aria-hidden />
              New silence
            </Button>
          ) : permission.known ? (
            <p className="text-12 text-muted-foreground">
              Silencing needs the approver role; yours is {permission.role ?? "unknown"}.
            </p>
          ) : null}
        </div>
        <SilenceGroup {...group} title="Active" state="active" empty="Nothing is silenced." />
        <SilenceGroup {...group} title="Upcoming" state="scheduled" empty="None is to begin later." />
        <SilenceGroup {...group} title="Ended" state="expired" empty="None has ended yet." />
      </PageBody>
      <HintBar hints={[{ keys: ["?"], label: "all keys" }]}>
        <CopyApiCall path={api.silences()} />
      </HintBar>
      {open?.what === "new" ? <SilenceDialog silence={null} onClose={close} /> : null}
      {open?.what === "edit" ? <SilenceDialog silence={open.silence} onClose={close} /> : null}
      {open?.what === "expire" ? <ExpireSilence silence={open.silence} onClose={close} /> : null}
    </>
  );
}
