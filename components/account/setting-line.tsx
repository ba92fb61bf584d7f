import type { ReactNode } from "react";

/** What holds now at the left, what can be done about it at the right; under one another on a phone. */
export function SettingLine({ children, actions }: { children: ReactNode; actions: ReactNode }) {
  return (
    <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-70">{children}</div>
      <div className="flex flex-none flex-wrap gap-2 max-sm:w-full [&>[data-slot=button]]:max-sm:h-11 [&>[data-slot=button]]:max-sm:flex-1">
        {actions}
      </div>
    </div>
  );
}
