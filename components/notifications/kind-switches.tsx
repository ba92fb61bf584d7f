"use client";

import { SwitchRow } from "@/components/settings/switch-row";
import type { NoticeKindWire } from "@/lib/contracts/notification";
import { kindChoices } from "./notice-words";

type KindSwitchesProps = {
  kinds: readonly NoticeKindWire[];
  onChange: (kinds: NoticeKindWire[]) => void;
  disabled?: boolean;
};

/** What is told of, one switch a kind. */
export function KindSwitches({ kinds, onChange, disabled }: KindSwitchesProps) {
  return (
    <div className="flex flex-col gap-2.5">
      {kindChoices.map(({ kind, label, help }) => (
        <SwitchRow
          key={kind}
          label={label}
          help={help}
          disabled={disabled}
          checked={kinds.includes(kind)}
          onChange={(on) => onChange(on ? [...kinds, kind] : kinds.filter((each) => each !== kind))}
        />
      ))}
    </div>
  );
}
