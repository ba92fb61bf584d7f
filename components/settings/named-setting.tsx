import type { ReactNode } from "react";

/** A setting that an address can name: `?field=safety_defaults.retention_days` brings it into view with the focus on it. */
export function NamedSetting({ field, children }: { field: string; children: ReactNode }) {
  return (
    <div data-setting={field} className="contents">
      {children}
    </div>
  );
}
