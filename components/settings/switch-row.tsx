"use client";

import type { ReactNode } from "react";
import { Choice } from "@/components/ui/choice";
import { Switch } from "@/components/ui/switch";

type SwitchRowProps = {
  label: ReactNode;
  help?: ReactNode;
  aside?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
};

/** A switch with its words and what it does. */
export function SwitchRow({ label, help, aside, checked, onChange, disabled }: SwitchRowProps) {
  return (
    <Choice label={<span className="font-medium">{label}</span>} help={help} aside={aside}>
      <Switch checked={checked} onCheckedChange={onChange} disabled={disabled} />
    </Choice>
  );
}
