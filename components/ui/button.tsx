import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { Kbd } from "./kbd";

const locked =
  "disabled:cursor-not-allowed disabled:border-border disabled:bg-muted disabled:text-muted-foreground aria-disabled:cursor-not-allowed aria-disabled:border-border aria-disabled:bg-muted aria-disabled:text-muted-foreground aria-disabled:hover:bg-muted";

export const buttonVariants = cva(
  [
    "inline-flex flex-none items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none",
    "transition-colors duration-(--dur-1) [&_svg]:flex-none",
    locked,
  ],
  {
    variants: {
      variant: {
        /** The one filled blue of a view: the action that moves the record. */
        default:
          "border-primary bg-primary text-primary-foreground hover:border-primary-hover hover:bg-primary-hover",
        outline: "border-border-strong bg-card text-foreground hover:bg-accent",
        ghost:
          "border-transparent bg-transparent text-foreground hover:bg-accent disabled:border-transparent disabled:bg-transparent",
        destructive: "border-border-strong bg-card text-destructive hover:bg-accent",
        /** Only inside the dialog that confirms the destruction. */
        "destructive-fill":
          "border-destructive bg-destructive text-destructive-foreground hover:border-destructive/90 hover:bg-destructive/90",
        link: "h-auto! border-0 p-0! text-primary hover:underline hover:underline-offset-3 disabled:bg-transparent",
      },
      size: {
        xs: "h-6 rounded-[5px] px-2 text-12 [&_svg:not([class*=size-])]:size-3.5",
        sm: "h-7 px-2.5 text-[12.5px] [&_svg:not([class*=size-])]:size-3.5",
        default: "h-8 px-3 text-13 touch:h-11 [&_svg:not([class*=size-])]:size-4",
        field: "h-9 px-3 text-13 touch:h-11 [&_svg:not([class*=size-])]:size-4",
        lg: "h-11 rounded-lg px-4 text-[15px] [&_svg:not([class*=size-])]:size-[18px]",
        "icon-xs": "size-6 rounded-[5px] [&_svg:not([class*=size-])]:size-3.5",
        "icon-sm": "size-7 [&_svg:not([class*=size-])]:size-3.5",
        icon: "size-8 touch:size-11 [&_svg:not([class*=size-])]:size-4",
        "icon-lg": "size-11 rounded-lg [&_svg:not([class*=size-])]:size-5",
      },
    },
    defaultVariants: { variant: "outline", size: "default" },
  },
);

export type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof buttonVariants> & {
    asChild?: boolean;
    /** The key that does the same; shown at the end of the label. */
    kbd?: string;
    /** Under way: stays in place, cannot be pressed twice. */
    pending?: boolean;
  };

/** Quiet by default. Ask for `variant="default"` once in a view. */
export function Button({
  className,
  variant,
  size,
  asChild = false,
  kbd,
  pending = false,
  disabled,
  type,
  children,
  ...props
}: ButtonProps) {
  const Comp = asChild ? Slot.Root : "button";
  return (
    <Comp
      type={asChild ? type : (type ?? "button")}
      disabled={disabled || pending}
      aria-busy={pending || undefined}
      className={cn(buttonVariants({ variant, size }), className)}
      {...props}
      // Last: a trigger around the button must not take its slot, which keys and footers look for.
      data-slot="button"
    >
      {pending ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
      <Slot.Slottable>{children}</Slot.Slottable>
      {kbd ? <Kbd aria-hidden>{kbd}</Kbd> : null}
    </Comp>
  );
}
