"use client";

import { useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { LockedAction } from "@/components/layout/locked-action";
import { notify } from "@/components/layout/notify";
import { Section } from "@/components/layout/section";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { SwitchRow } from "@/components/settings/switch-row";
import { StateLabel } from "@/components/state/state-label";
import { Button } from "@/components/ui/button";
import type { ConfigWire } from "@/lib/contracts/config";
import { ApiError } from "@/lib/queries/api-error";
import { useSetPaused } from "@/lib/queries/settings";

type MonitorSwitchProps = {
  config: ConfigWire;
  canEdit: boolean;
  /** In the form: saved with the page, where pausing takes effect at once. */
  isOn: boolean;
  onSwitch: (on: boolean) => void;
};

/** Pause and go on, and the switch that is meant to last. */
export function MonitorSwitch({ config, canEdit, isOn, onSwitch }: MonitorSwitchProps) {
  const [asking, setAsking] = useState(false);
  const setPaused = useSetPaused();
  const announce = useAnnounce();
  const { paused, enabled } = config;

  function change(next: boolean) {
    setPaused.mutate(next, {
      onSuccess: () => announce(next ? "The monitor is paused." : "The monitor goes on."),
      onError: (error) =>
        notify("deliveryFailed", next ? "Not paused" : "Still paused", {
          description: error instanceof ApiError ? error.problem.error : undefined,
          sticky: true,
        }),
    });
  }

  const word = paused ? "Go on" : "Pause…";
  return (
    <Section
      title="Monitor"
      aside={
        paused || !enabled ? (
          <StateLabel state="held" word={enabled ? "Paused" : "Switched off"} />
        ) : (
          <StateLabel state="destinationReady" word="Running" />
        )
      }
    >
      <p className="text-muted-foreground">
        {paused
          ? "Paused. Reports are taken in and held; drafts can be approved and denied; nothing is triaged or sent. When it goes on, it goes on from there."
          : enabled
            ? "Reports are taken in and worked on. Pausing keeps taking them in and sends nothing, so that nothing is lost."
            : "Switched off in the configuration: as paused, until it is switched on."}
      </p>
      {canEdit ? (
        <Button
          className="mb-2 w-fit"
          pending={setPaused.isPending}
          onClick={() => (paused ? change(false) : setAsking(true))}
        >
          {word}
        </Button>
      ) : (
        <LockedAction unlocks="Pausing needs the admin role.">{word}</LockedAction>
      )}
      <SwitchRow
        label="The monitor is on"
        help="Off holds everything as pausing does, and is meant to last. Saved with this page."
        checked={isOn}
        disabled={!canEdit}
        onChange={onSwitch}
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Pause the monitor?"
        confirm="Pause"
        destructive={false}
        onConfirm={() => change(true)}
      >
        <p>Takes effect at once, for everybody:</p>
        <ul className="flex list-disc flex-col gap-1 pl-5">
          <li>Reports are still taken in. Incidents and drafts are made and marked held.</li>
          <li>Triage, notifications and deliveries wait, also those already due.</li>
          <li>Approving and denying work; publishing does not.</li>
        </ul>
        <p>Nothing is lost. Going on works through what waited.</p>
      </ConfirmDialog>
    </Section>
  );
}
