"use client";

import { SwitchRow } from "@/components/settings/switch-row";
import { TextField } from "@/components/settings/text-field";
import type { DestinationFormProps } from "./destination-form";
import { DestinationTerms } from "./destination-terms";
import { NameFields } from "./name-fields";
import { RetentionField } from "./retention-field";
import { withSetting } from "./webhook-settings";

/** A record kept in this product's own database. Nothing leaves the host. */
export function TelemetryForm(props: DestinationFormProps) {
  const { row, onChange, errorAt } = props;
  return (
    <>
      <p className="text-muted-foreground">
        Keeps a record of each published draft in this product's own database. Nothing is called and nothing
        leaves the host.
      </p>
      <NameFields {...props} />
      <TextField
        label="Path"
        note="(optional)"
        mono
        value={row.telemetry_path}
        placeholder="incident-monitor/telemetry"
        maxLength={240}
        help="A relative name records are filed under."
        error={pathError(row.telemetry_path) ?? errorAt("telemetry_path")}
        onChange={(path) => onChange({ ...row, telemetry_path: path === "" ? undefined : path })}
      />
      <SwitchRow
        label="Also write a file"
        help="JSON lines below telemetry/ in the data folder, one file for this destination, a few seconds after the record."
        checked={row.config?.jsonl_file === true}
        onChange={(on) =>
          onChange({ ...row, config: withSetting(row.config, "jsonl_file", on ? true : undefined) })
        }
      />
      <RetentionField {...props} />
      <DestinationTerms {...props} />
    </>
  );
}

function pathError(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  if (path.trim() === "") return "Leave it empty for the usual path, or name one";
  if (/^\s*[/\\~]|^\s*[a-z]+:/i.test(path)) return "A relative name, like team/telemetry";
  if (path.includes("\\")) return "Use / between the parts";
  return path.split("/").some((part) => /^\.\.+$/.test(part.trim())) ? "It may not climb with .." : undefined;
}
