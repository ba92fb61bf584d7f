"use client";

import { useState } from "react";
import { zoneName } from "@/components/layout/format-time";
import { notify } from "@/components/layout/notify";
import { useTimeZone } from "@/components/layout/time-zone";
import { zonedMs, zonedText } from "@/components/silences/zoned-time";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { IncidentWire } from "@/lib/contracts/incident";
import { useEndQuiet, useMuteIncident, useSnoozeIncident } from "@/lib/queries/incident-actions";
import { IncidentDialog } from "./incident-dialog";

const hourMs = 3_600_000;
const presets = [
  { label: "1 h", ms: hourMs },
  { label: "1 day", ms: 24 * hourMs },
  { label: "1 week", ms: 7 * 24 * hourMs },
  { label: "30 days", ms: 30 * 24 * hourMs },
] as const;

type QuietDialogProps = { incident: IncidentWire; onClose: () => void };

/** Quiet until the first of a time, further sightings or the next release. */
export function SnoozeDialog({ incident, onClose }: QuietDialogProps) {
  const timeZone = useTimeZone();
  const snooze = useSnoozeIncident(incident.incident_id);
  const end = useEndQuiet(incident.incident_id);
  const [until, setUntil] = useState(() => zonedText(Date.now() + 24 * hourMs, timeZone));
  const [further, setFurther] = useState("");
  const [nextRelease, setNextRelease] = useState(false);
  const [reason, setReason] = useState("");
  const untilMs = until ? zonedMs(until, timeZone) : null;
  const count = /^\d{1,7}$/.test(further) ? Number(further) : null;
  const countFault = further !== "" && !count ? "A whole number from 1 on." : undefined;

  function submit() {
    snooze.mutate(
      { until_ms: untilMs, further_count: count, next_release: nextRelease, reason: reason.trim() || null },
      {
        onSuccess: () => {
          notify("held", "Snoozed", {
            description: "It is counted, and out of what needs you.",
            action: { label: "Undo", onClick: () => end.mutate("unsnooze") },
          });
          onClose();
        },
      },
    );
  }
  return (
    <IncidentDialog
      title="Snooze this incident"
      description="It goes on being counted. Its drafts are out of what needs you, and its issue is told nothing, until the first of these."
      action="Snooze"
      ready={(untilMs !== null || count !== null || nextRelease) && !countFault}
      pending={snooze.isPending}
      error={snooze.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <UntilField until={until} timeZone={timeZone} onChange={setUntil} help="Empty: no time ends it." />
      <Field
        label="After further sightings"
        help={`It was seen ${incident.occurrence_count.toLocaleString("en-GB")} times so far. Empty: no number ends it.`}
        error={countFault}
      >
        <Input
          inputMode="numeric"
          value={further}
          className="w-32"
          onChange={(event) => setFurther(event.target.value)}
        />
      </Field>
      <Choice label="At the next release" help="With the first sighting in a release not seen before.">
        <Checkbox checked={nextRelease} onCheckedChange={(on) => setNextRelease(on === true)} />
      </Choice>
      <Field label="Reason" note="(on the record)">
        <Input value={reason} maxLength={1_000} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </IncidentDialog>
  );
}

/** Quiet until a time, whatever happens. */
export function MuteDialog({ incident, onClose }: QuietDialogProps) {
  const timeZone = useTimeZone();
  const mute = useMuteIncident(incident.incident_id);
  const end = useEndQuiet(incident.incident_id);
  const [until, setUntil] = useState(() => zonedText(Date.now() + 30 * 24 * hourMs, timeZone));
  const [reason, setReason] = useState("");
  const untilMs = until ? zonedMs(until, timeZone) : null;

  function submit() {
    if (untilMs === null) return;
    mute.mutate(
      { until_ms: untilMs, reason: reason.trim() || null },
      {
        onSuccess: () => {
          notify("held", "Muted", {
            description: "It is counted, and says nothing until then.",
            action: { label: "Undo", onClick: () => end.mutate("unmute") },
          });
          onClose();
        },
      },
    );
  }
  return (
    <IncidentDialog
      title="Mute this incident"
      description="Whatever happens, it asks nobody for anything until this time, at most a year away. It goes on being counted."
      action="Mute"
      ready={untilMs !== null}
      pending={mute.isPending}
      error={mute.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <UntilField until={until} timeZone={timeZone} onChange={setUntil} required />
      <Field label="Reason" note="(on the record)">
        <Input value={reason} maxLength={1_000} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </IncidentDialog>
  );
}

type UntilFieldProps = {
  until: string;
  timeZone: string;
  help?: string;
  required?: boolean;
  onChange: (until: string) => void;
};

function UntilField({ until, timeZone, help, required, onChange }: UntilFieldProps) {
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Until"
        note={`(${zoneName(Date.now(), timeZone)})`}
        help={help}
        required={required}
        error={required && until === "" ? "Say when it ends." : undefined}
      >
        <Input type="datetime-local" value={until} onChange={(event) => onChange(event.target.value)} />
      </Field>
      <div className="flex flex-wrap gap-1">
        {presets.map(({ label, ms }) => (
          <Button
            key={label}
            size="xs"
            className="touch:h-11"
            aria-label={`Until ${label} from now`}
            onClick={() => onChange(zonedText(Date.now() + ms, timeZone))}
          >
            {label}
          </Button>
        ))}
      </div>
    </div>
  );
}
