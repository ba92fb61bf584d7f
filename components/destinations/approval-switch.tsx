"use client";

import { ChipField } from "@/components/settings/chip-field";
import { NamedSetting } from "@/components/settings/named-setting";
import { SwitchRow } from "@/components/settings/switch-row";
import type { DestinationFormProps } from "./destination-form";

/** The destination's own rule, beside what routes and safety defaults ask for, and its tags. */
export function ApprovalSwitch({ row, onChange, errorAt }: DestinationFormProps) {
  return (
    <>
      <NamedSetting field="require_approval">
        <SwitchRow
          label="A person must approve what goes here"
          help={
            row.require_approval ? "Whatever routes and policies say." : "Routes and safety defaults decide."
          }
          checked={row.require_approval}
          onChange={(require_approval) => onChange({ ...row, require_approval })}
        />
      </NamedSetting>
      <ChipField
        label="Tags"
        note="(optional)"
        values={row.route_tags}
        placeholder="pager, europe"
        error={errorAt("route_tags")}
        onChange={(route_tags) => onChange({ ...row, route_tags })}
      />
    </>
  );
}
