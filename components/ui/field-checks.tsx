import { Check, Minus, X } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { VisuallyHidden } from "./visually-hidden";

export type FieldCheck = {
  key: string;
  result: "pass" | "fail" | "unknown";
  /** The fact, in ink. */
  what: ReactNode;
  /** The rest of the sentence, dim. */
  detail?: ReactNode;
  /** The fix, at the end of the line. */
  action?: ReactNode;
};

const marks = {
  pass: { Icon: Check, tone: "text-state-passed", word: "Passed:" },
  fail: { Icon: X, tone: "text-destructive", word: "Failed:" },
  unknown: { Icon: Minus, tone: "text-muted-foreground", word: "Not checked:" },
};

/** What was checked about a field, each line pass or fail with its reason. */
export function FieldChecks({ checks, className }: { checks: readonly FieldCheck[]; className?: string }) {
  return (
    <ul data-slot="field-checks" className={cn("flex flex-col gap-1 text-12", className)}>
      {checks.map(({ key, result, what, detail, action }) => {
        const { Icon, tone, word } = marks[result];
        return (
          <li
            key={key}
            className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-start gap-1.5 text-muted-foreground"
          >
            <Icon aria-hidden className={cn("mt-px size-3.5", tone)} />
            <span>
              <VisuallyHidden>{word} </VisuallyHidden>
              <span className="font-medium text-foreground">{what}</span> {detail}
            </span>
            {action}
          </li>
        );
      })}
    </ul>
  );
}
