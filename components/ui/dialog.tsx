"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { RememberOpener, useFocusReturn } from "./focus-return";
import { overlayClass } from "./overlay-motion";

export function Dialog(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root {...props} />;
}

export function DialogTrigger(props: ComponentProps<typeof Primitive.Trigger>) {
  return <Primitive.Trigger data-slot="dialog-trigger" {...props} />;
}

export function DialogClose(props: ComponentProps<typeof Primitive.Close>) {
  return <Primitive.Close data-slot="dialog-close" {...props} />;
}

const widths = { sm: "sm:w-110", md: "sm:w-145", lg: "sm:w-180", xl: "sm:w-220" };

/** The frame of dialogs: centred on a screen, a sheet from the bottom on a phone. */
export const dialogFrame = [
  "fixed z-50 flex flex-col overflow-hidden bg-popover text-popover-foreground shadow-dialog outline-none",
  "inset-x-0 bottom-0 max-h-[calc(100dvh-48px)] rounded-t-xl",
  "sm:inset-0 sm:m-auto sm:h-fit sm:max-h-[calc(100dvh-64px)] sm:max-w-[calc(100vw-48px)] sm:rounded-xl",
  "duration-(--dur-3) ease-gate data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:slide-in-from-bottom-1",
  "data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=closed]:slide-out-to-bottom-1",
].join(" ");

type ContentProps = ComponentProps<typeof Primitive.Content> & { size?: keyof typeof widths };

export function DialogContent({
  className,
  children,
  size = "md",
  onCloseAutoFocus,
  ...props
}: ContentProps) {
  const focus = useFocusReturn(onCloseAutoFocus);
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayClass} />
      <Primitive.Content
        data-slot="dialog-content"
        className={cn(dialogFrame, widths[size], className)}
        onCloseAutoFocus={focus.onCloseAutoFocus}
        {...props}
      >
        <RememberOpener opener={focus.opener} />
        <span
          aria-hidden
          className="mx-auto mt-2 h-1 w-9 flex-none rounded-full bg-border-strong sm:hidden"
        />
        {children}
        <Primitive.Close asChild>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label="Close"
            className="absolute top-3.5 right-4 touch:top-2 touch:right-1.5 touch:size-11"
          >
            <X aria-hidden />
          </Button>
        </Primitive.Close>
      </Primitive.Content>
    </Primitive.Portal>
  );
}

/** Eyebrow line, title, description, over a hairline. */
export function DialogHeader({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      data-slot="dialog-header"
      className={cn(
        "flex flex-none flex-col gap-1 border-b border-border px-4 pt-4 pb-3 pr-12 sm:px-5",
        className,
      )}
      {...props}
    />
  );
}

/** The part that scrolls. */
export function DialogBody({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      data-slot="dialog-body"
      className={cn("relative min-h-0 flex-1 overflow-y-auto px-4 py-4 sm:px-5", className)}
      {...props}
    />
  );
}

/** Cancel first, then the action. On a phone both share the width. */
export function DialogFooter({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      data-slot="dialog-footer"
      className={cn(
        "flex flex-none flex-wrap items-center justify-end gap-2 border-t border-border px-4 py-3 max-sm:pb-[calc(12px+env(safe-area-inset-bottom))] sm:px-5",
        "max-sm:[&>[data-slot=button]]:h-11 max-sm:[&>[data-slot=button]]:flex-1",
        className,
      )}
      {...props}
    />
  );
}

/** The sentence at the left of the footer. */
export function DialogFootnote({ className, ...props }: ComponentProps<"p">) {
  return (
    <p
      data-slot="dialog-footnote"
      className={cn(
        "mr-auto flex items-center gap-1.5 text-12 text-muted-foreground max-sm:w-full",
        className,
      )}
      {...props}
    />
  );
}

export function DialogTitle({ className, ...props }: ComponentProps<typeof Primitive.Title>) {
  return (
    <Primitive.Title data-slot="dialog-title" className={cn("text-16 font-semibold", className)} {...props} />
  );
}

export function DialogDescription({ className, ...props }: ComponentProps<typeof Primitive.Description>) {
  return (
    <Primitive.Description
      data-slot="dialog-description"
      className={cn("text-12 text-muted-foreground", className)}
      {...props}
    />
  );
}
