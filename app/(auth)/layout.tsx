import { ShieldCheck } from "lucide-react";
import type { ReactNode } from "react";
import { GateField } from "@/components/sign-in/gate-field";
import { Mark } from "@/components/state/mark";

/** Signed-out screens: the form at the left, the field of reports before the gate at the right. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh grid-cols-1 md:h-dvh md:grid-cols-[minmax(400px,560px)_minmax(0,1fr)]">
      <main className="relative flex min-h-0 flex-col gap-10 overflow-y-auto bg-card px-5 py-8 sm:px-12 md:border-r md:border-border md:py-10 xl:px-24">
        <div className="flex items-center gap-2">
          <Mark size={24} />
          <span className="text-14 font-semibold">Incident Monitor</span>
        </div>
        <div className="my-auto w-full max-w-92">{children}</div>
        <p className="flex items-center gap-2 text-12 text-muted-foreground">
          <ShieldCheck aria-hidden className="size-3.5" />
          Every attempt, granted or denied, is written to the audit log.
        </p>
      </main>
      <GateField />
    </div>
  );
}
