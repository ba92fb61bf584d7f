import {
  CircleAlert,
  CircleCheck,
  CircleQuestionMark,
  Info,
  type LucideIcon,
  OctagonAlert,
  TriangleAlert,
} from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { type Tone, toneClass } from "./tone";

const icons: Record<Tone, LucideIcon> = {
  idle: Info,
  active: Info,
  needs: CircleAlert,
  passed: CircleCheck,
  waiting: TriangleAlert,
  failed: OctagonAlert,
  ambiguous: CircleQuestionMark,
  void: Info,
};

export type AlertProps = Omit<ComponentProps<"div">, "title"> & {
  tone?: Tone;
  /** `note` sits in a page, `banner` spans a pane's top. */
  variant?: "note" | "banner";
  /** `null` for none; otherwise the tone's own. */
  icon?: ReactNode;
  /** The fact in bold; the sentence goes on in the children. */
  title?: ReactNode;
  action?: ReactNode;
};

/** A fact about the page. Assertive only when it failed. */
export function Alert({
  tone = "idle",
  variant = "note",
  icon,
  title,
  action,
  className,
  children,
  ...props
}: AlertProps) {
  const Icon = icons[tone];
  return (
    <div
      data-slot="alert"
      role={tone === "failed" ? "alert" : "status"}
      className={cn(
        toneClass(tone),
        "flex gap-2 bg-tone-soft text-[12.5px] text-foreground",
        variant === "note"
          ? "items-start rounded-md px-2.5 py-2 leading-[18px]"
          : "items-center border-b border-border px-3 py-1.5 leading-5",
        className,
      )}
      {...props}
    >
      {icon === null ? null : (
        <span className={cn("flex-none text-tone", variant === "note" && "mt-px")}>
          {icon ?? <Icon aria-hidden className="size-4" />}
        </span>
      )}
      <div className="min-w-0 flex-1">
        {title ? <b className="font-semibold">{title}</b> : null} {children}
      </div>
      {action}
    </div>
  );
}
