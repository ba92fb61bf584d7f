"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { RememberOpener, useFocusReturn } from "./focus-return";
import { overlayClass } from "./overlay-motion";

export function Sheet(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root {...props} />;
}

export function SheetTrigger(props: ComponentProps<typeof Primitive.Trigger>) {
  return <Primitive.Trigger data-slot="sheet-trigger" {...props} />;
}

export function SheetClose(props: ComponentProps<typeof Primitive.Close>) {
  return <Primitive.Close data-slot="sheet-close" {...props} />;
}

const sides = {
  left: "inset-y-0 left-0 w-[min(320px,85vw)] border-r data-[state=open]:slide-in-from-left data-[state=closed]:slide-out-to-left",
  right:
    "inset-y-0 right-0 w-[min(600px,92vw)] border-l data-[state=open]:slide-in-from-right data-[state=closed]:slide-out-to-right",
  bottom:
    "inset-x-0 bottom-0 max-h-[calc(100dvh-48px)] rounded-t-xl pb-[env(safe-area-inset-bottom)] data-[state=open]:slide-in-from-bottom data-[state=closed]:slide-out-to-bottom",
};

type ContentProps = ComponentProps<typeof Primitive.Content> & {
  side?: keyof typeof sides;
  closable?: boolean;
};

export function SheetContent({
  className,
  children,
  side = "right",
  closable = true,
  onCloseAutoFocus,
  ...props
}: ContentProps) {
  const focus = useFocusReturn(onCloseAutoFocus);
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayClass} />
      <Primitive.Content
        data-slot="sheet-content"
        className={cn(
          "fixed z-50 flex flex-col overflow-hidden border-border bg-popover text-popover-foreground shadow-dialog outline-none",
          "duration-(--dur-3) ease-gate data-[state=open]:animate-in data-[state=closed]:animate-out",
          sides[side],
          className,
        )}
        onCloseAutoFocus={focus.onCloseAutoFocus}
        {...props}
      >
        <RememberOpener opener={focus.opener} />
        {side === "bottom" ? (
          <span aria-hidden className="mx-auto mt-2 h-1 w-9 flex-none rounded-full bg-border-strong" />
        ) : null}
        {children}
        {closable ? (
          <Primitive.Close asChild>
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label="Close"
              className="absolute top-2.5 right-2.5 touch:top-0.5 touch:right-0.5 touch:size-11"
            >
              <X aria-hidden />
            </Button>
          </Primitive.Close>
        ) : null}
      </Primitive.Content>
    </Primitive.Portal>
  );
}

export function SheetHeader({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      data-slot="sheet-header"
      className={cn("flex flex-none flex-col gap-1 border-b border-border px-4 pt-4 pr-12 pb-3", className)}
      {...props}
    />
  );
}

export function SheetTitle({ className, ...props }: ComponentProps<typeof Primitive.Title>) {
  return (
    <Primitive.Title data-slot="sheet-title" className={cn("text-16 font-semibold", className)} {...props} />
  );
}

export function SheetDescription({ className, ...props }: ComponentProps<typeof Primitive.Description>) {
  return <Primitive.Description className={cn("text-12 text-muted-foreground", className)} {...props} />;
}
