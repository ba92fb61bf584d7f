import type { ReactNode } from "react";
import { GateGlyph } from "@/components/state/gate-glyph";
import { Alert } from "@/components/ui/alert";

/** Paused is a state, not a fault: "Paused by Sam Ito at 02:40." then what still works. */
export function HeldBanner({
  title,
  children,
  action,
}: {
  title: ReactNode;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <Alert tone="idle" variant="banner" icon={<GateGlyph name="ready" />} title={title} action={action}>
      {children}
    </Alert>
  );
}
