import { Lock } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";

type LockedActionProps = Omit<ButtonProps, "onClick" | "disabled"> & {
  /** What unlocks it: "Publish unlocks once this is approved." */
  unlocks: string;
  /** The sentence stands elsewhere already; only tie it to the button. */
  quiet?: boolean;
  children: ReactNode;
};

/** An action that is not allowed now. It keeps its place and the focus, does nothing, and names what unlocks it. */
export function LockedAction({ unlocks, quiet = false, children, ...props }: LockedActionProps) {
  const id = useId();
  return (
    <span data-slot="locked-action" className="inline-flex flex-wrap items-center gap-2">
      <Button aria-disabled aria-describedby={id} title={unlocks} {...props} kbd={undefined}>
        <Lock aria-hidden />
        {children}
      </Button>
      <span id={id} className={quiet ? "sr-only" : "text-12 text-muted-foreground"}>
        {unlocks}
      </span>
    </span>
  );
}
